using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QRCoder;

namespace CustomerFeedback.Survey.Features.Stores;

/// <summary>A store link as a QR code, to be printed.</summary>
internal static class DrawStoreLink
{
    private const int PixelsPerModule = 8;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/store-links/{id}.svg", Handle)
            .WithName(nameof(DrawStoreLink))
            .Produces<string>(StatusCodes.Status200OK, "image/svg+xml")
            .WithSummary("The QR code of a store link, as SVG.");

    private static async Task<IResult> Handle(
        string id,
        SurveyDbContext db,
        LinkTokens tokens,
        IOptions<SurveyOptions> options,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!Guid.TryParse(id, out var known) || !await db.StoreLinks.AnyAsync(link => link.Id == known, ct))
            return Problem.NotFound();
        // A camera needs the whole address: the configured one, else the one that this was asked at.
        var address = options.Value.PublicUrl?.ToString() ?? $"{http.Request.Scheme}://{http.Request.Host}";
        using var code = QRCodeGenerator.GenerateQrCode(
            address.TrimEnd('/') + CreateStoreLink.LinkOf(tokens, known),
            QRCodeGenerator.ECCLevel.M
        );
        using var svg = new SvgQRCode(code);
        return TypedResults.Text(svg.GetGraphic(PixelsPerModule), "image/svg+xml; charset=utf-8");
    }
}
