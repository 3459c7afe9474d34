using System.Security.Claims;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>Stores a customer's request, numbers it, promises an answer and announces it. Safe to repeat, by either key.</summary>
internal static class AcceptRequest
{
    private const string Example = """
        {
          "source": "shop", "externalId": "A-1001", "channel": "app", "type": "complaint", "urgency": "urgent",
          "receivedAt": "2026-11-21T09:00:00+08:00", "language": "zh-CN",
          "customer": { "externalId": "C-77", "name": "Zhang Wei", "phone": "13800001234", "segment": "vip" },
          "subject": "An item is missing",
          "description": { "what": "The parcel holds one item less than A-1001", "when": "yesterday", "expectation": "Send it today" },
          "product": "earphones", "orderRef": "A-1001", "serviceStage": "after_sale", "region": "east", "store": "SH-01"
        }
        """;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/requests", Handle)
            .WithName(nameof(AcceptRequest))
            .WithSummary("Accept a customer's request: it is stored when this answers")
            .WithTags("requests")
            .TakesIdempotencyKey()
            .ForExample(Example)
            .Accepts("channel", Word<Channel>.All)
            .Accepts("type", Word<RequestType>.All)
            .Accepts("urgency", Word<Urgency>.All)
            .Accepts("serviceStage", Word<ServiceStage>.All)
            .Produces<Accepted>(StatusCodes.Status201Created)
            .Produces<Accepted>()
            .Refuses(StatusCodes.Status403Forbidden, "source_reserved")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "busy");

    internal static async Task<IResult> Handle(
        RequestForm form,
        HttpContext http,
        ClaimsPrincipal user,
        AcceptQueue queue,
        BlindIndex index,
        TimeProvider clock,
        IOptions<IntakeOptions> options,
        CancellationToken ct
    )
    {
        var now = Instants.Truncate(clock.GetUtcNow());
        if (form.Read(now + options.Value.ClockTolerance, out var faults) is not { } request)
        {
            AcceptMetrics.Count(AcceptMetrics.Malformed);
            return Problem.Malformed(faults.Select(fault => new FieldError(fault.Pointer, fault.Code, fault.Message)));
        }

        if (request.Source is RequestForm.ReservedSource or RequestForm.SplitSource)
        {
            AcceptMetrics.Count(AcceptMetrics.Refused);
            return Problem.Refused(
                StatusCodes.Status403Forbidden,
                "source_reserved",
                $"The source {request.Source} is our own."
            );
        }

        var content = index.Content(request);
        // The content counts as the body, not its bytes: another order of members is the same request.
        if (!IdempotencyKey.TryRead(http, content, out var key, out var problem))
        {
            AcceptMetrics.Count(AcceptMetrics.Malformed);
            return problem!;
        }

        var submission = new Submission(request, user.Caller().Subject, content, key, now);
        var outcome = await queue.Submit(submission, ct);
        AcceptMetrics.Count(NameOf(outcome));
        return outcome switch
        {
            Outcome.Stored stored => new Told(stored.Answer),
            Outcome.Used used => new ToldBefore(used.First, key!),
            Outcome.InFlight => IdempotencyKey.InFlight(http),
            null => Later(http, "busy", "More requests are waiting than can be stored in time: try again."),
            _ => Later(http, "unavailable", "It is not known whether this was stored: repeat it with its key."),
        };
    }

    private static string NameOf(Outcome? outcome) =>
        outcome switch
        {
            Outcome.Stored { Answer.Status: StatusCodes.Status201Created } => AcceptMetrics.Accepted,
            Outcome.Stored or Outcome.Used => AcceptMetrics.Repeated,
            Outcome.InFlight => AcceptMetrics.Refused,
            null => AcceptMetrics.Busy,
            _ => AcceptMetrics.Unavailable,
        };

    private static ProblemHttpResult Later(HttpContext http, string code, string detail)
    {
        http.Response.Headers.RetryAfter = "1";
        return Problem.Refused(StatusCodes.Status503ServiceUnavailable, code, detail);
    }

    private sealed class Told(Answer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            response.Headers.Location = answer.Location;
            response.ContentType = Answer.ContentType;
            response.ContentLength = answer.Body.Length;
            return response.Body.WriteAsync(answer.Body, httpContext.RequestAborted).AsTask();
        }
    }

    private sealed class ToldBefore(StoredAnswer first, IdempotencyKey key) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => first.Answer(httpContext, key);
    }
}
