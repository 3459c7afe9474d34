using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.Intake.Features.Customers;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Settings;

namespace CustomerFeedback.Intake.Data;

/// <summary>The service's own parts: its database, its keys, its queue.</summary>
internal static class IntakeData
{
    public static void AddIntakeData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<IntakeOptions>("Intake").AddSettings<PersonalDataOptions>("Pii", isRenewed: true);
        services.AddServiceDatabase<IntakeDbContext>();
        builder.AddDatabaseReadiness(ServiceDatabase.Connection);
        services.AddSingleton<FieldCipher>().AddSingleton<BlindIndex>().AddSingleton<CustomerSeal>();
        services.AddSingleton<AcceptDatabase>().AddSingleton<RuleBook>().AddSingleton<AcceptTools>();
        services.AddScoped<CustomerBook>();
        services.AddSingleton<AcceptBatch>().AddSingleton<AcceptQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<AcceptQueue>());
    }
}
