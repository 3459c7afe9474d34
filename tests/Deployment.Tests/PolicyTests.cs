using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Deployment.Tests.Rules;

namespace CustomerFeedback.Deployment.Tests;

/// <summary>What is true of everything that is applied, in every place.</summary>
public class PolicyTests
{
    public static TheoryData<string> Places => Overlay.Names;

    [Theory]
    [MemberData(nameof(Places))]
    public void Pods_can_do_nothing_but_their_work(string place) =>
        PodSecurityRule.Faults(Overlay.Named(place)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Places))]
    public void Hosts_come_and_go_unnoticed(string place) => WorkloadRule.Faults(Overlay.Named(place)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Places))]
    public void Images_are_pinned(string place) => ImageRule.Faults(Overlay.Named(place)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Places))]
    public void No_secret_is_in_a_manifest(string place) => SecretRule.Faults(Overlay.Named(place)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Places))]
    public void What_is_named_is_there(string place) => ReferenceRule.Faults(Overlay.Named(place)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Places))]
    public void Every_host_grows_by_what_it_really_does(string place) =>
        ScalingRule.Faults(Overlay.Named(place)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Places))]
    public void The_database_has_room_for_all_replicas(string place) =>
        ConnectionRule.Faults(Overlay.Named(place)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Places))]
    public void Owners_make_tables_and_applications_use_them(string place) =>
        DatabaseRule.Faults(Overlay.Named(place)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Places))]
    public void A_service_has_its_own_queues_and_events_only(string place) =>
        BrokerRule.Faults(Overlay.Named(place)).ShouldBeEmpty();
}
