using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Domain.Asking;
using CustomerFeedback.Analytics.Domain.Measures;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Analytics.Features.Querying;

/// <summary>What can be asked for, what each number means, and how fast it comes.</summary>
internal static class GetCatalog
{
    /// <param name="Definition">Id and version; the version changes when the meaning does.</param>
    /// <param name="Unit">Of value, low and high.</param>
    /// <param name="CountedAt">The moment that places a fact in a period.</param>
    /// <param name="AnonymityThreshold">Cells with fewer answers are not shown; null for what tells of nobody's answers.</param>
    /// <param name="Dimensions">What it can be split and narrowed by.</param>
    /// <param name="ServedFrom"><c>rollup</c> where the question allows it (see below), otherwise <c>scan</c>.</param>
    public sealed record MeasureEntry(
        string Id,
        string Definition,
        IReadOnlyDictionary<string, string> Title,
        string Unit,
        string Formula,
        string Source,
        string CountedAt,
        int? AnonymityThreshold,
        IReadOnlyList<string> Dimensions,
        IReadOnlyList<string> ServedFrom
    );

    public sealed record DimensionEntry(
        string Id,
        IReadOnlyDictionary<string, string> Title,
        IReadOnlyList<string> ServedFrom
    );

    /// <param name="Measures">In the order in which people read them.</param>
    /// <param name="Rollup">The questions that ready sums answer, whatever the history; all others go through the facts in range.</param>
    /// <param name="Zone">The company's: of questions that name none.</param>
    public sealed record Catalog(
        IReadOnlyList<MeasureEntry> Measures,
        IReadOnlyList<DimensionEntry> Dimensions,
        IReadOnlyList<string> Grains,
        IReadOnlyList<string> Compare,
        string Rollup,
        string Zone,
        int RowLimit
    );

    private const string RollupRule =
        "at most one dimension is split or narrowed by and it is listed as rollup, from and to are whole days (or open), the zone is the company's";

    private static readonly string[] RollupFirst = ["rollup", "scan"];
    private static readonly string[] ScanOnly = ["scan"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/analytics/catalog", Handle)
            .WithName(nameof(GetCatalog))
            .WithSummary("Measures with their definitions, dimensions and grains that a query may name")
            .WithTags("analytics");

    internal static async Task<Ok<Catalog>> Handle(
        RatedDimensions rated,
        IOptions<NumbersOptions> options,
        CancellationToken ct
    ) =>
        TypedResults.Ok(
            new Catalog(
                [.. MeasureCatalog.All(await rated.Known(ct)).Select(measure => Entry(measure, options.Value))],
                [
                    .. Dimension.All.Select(dimension => new DimensionEntry(
                        dimension.Id,
                        Texts(dimension.Title),
                        dimension.HasRollup ? RollupFirst : ScanOnly
                    )),
                ],
                Words.All<Grain>(),
                Words.All<Comparison>(),
                RollupRule,
                options.Value.Zone,
                options.Value.RowLimit
            )
        );

    private static MeasureEntry Entry(Measure measure, NumbersOptions options) =>
        new(
            measure.Id,
            measure.Definition,
            Texts(measure.Title),
            measure.Unit,
            measure.Formula,
            measure.Source,
            measure.CountedAt,
            measure.Answers is null ? null : options.AnonymityThreshold,
            [.. Dimension.All.Where(measure.Has).Select(dimension => dimension.Id)],
            RollupFirst
        );

    private static Dictionary<string, string> Texts(Title title) =>
        new(StringComparer.Ordinal) { ["zh-CN"] = title.Chinese, ["en"] = title.English };
}
