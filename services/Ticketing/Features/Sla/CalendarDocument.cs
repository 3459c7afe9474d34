using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>A calendar as the API shows and takes it.</summary>
/// <param name="Version">Told when it is read; ignored when it is written, so that what was read can be written back.</param>
internal sealed record CalendarDocument(
    string? Id = null,
    [property: Required] string? Zone = null,
    [property: Required] IReadOnlyDictionary<string, IReadOnlyList<string>>? Week = null,
    IReadOnlyList<CalendarHoliday>? Holidays = null,
    IReadOnlyList<CalendarWorkday>? Workdays = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Version = null
)
{
    public CalendarSpec Spec(string id) =>
        new(id, Zone ?? "", Week ?? new Dictionary<string, IReadOnlyList<string>>(), Holidays ?? [], Workdays ?? []);

    public static CalendarDocument Of(CalendarSpec spec, int version) =>
        new(spec.Id, spec.Zone, spec.Week, spec.Holidays, spec.Workdays, version);

    public static CalendarDocument Of(SlaCalendarRow row) => Of(SlaDocuments.Read(row).Calendar.Spec, row.Version);
}
