using System.Net;
using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class PagingTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Several rows share an instant: only the id tells them apart.
    private static readonly List<Row> All =
    [
        .. Enumerable
            .Range(0, 23)
            .Select(i => new Row(i, Start.AddHours(Math.DivRem(i, 4).Quotient), new Guid(i, 0, 0, new byte[8]))),
    ];
    private TinyHost host = null!;

    public sealed record Row(int Number, DateTimeOffset At, Guid Id);

    public async ValueTask InitializeAsync() =>
        host = await TinyHost.Start(
            app =>
            {
                app.MapGet("/v1/rows", List);
                app.MapGet("/v1/other-rows", List);
                app.MapGet("/v1/sorted-rows", Sorted);
            },
            [new("GET", "/v1/rows"), new("GET", "/v1/other-rows"), new("GET", "/v1/sorted-rows")]
        );

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static IResult List(HttpContext http)
    {
        if (!PageQuery.TryRead(http, ["status", "channel"], out var page, out var problem))
            return problem;
        var rows = All.OrderBy(r => r.At)
            .ThenBy(r => r.Id)
            .Where(r => page.After is not { } a || (r.At, r.Id).CompareTo((a.At, a.Id)) > 0);
        return Results.Ok(page.Answer(http, [.. rows.Take(page.Limit + 1)], r => new Cursor(r.At, r.Id)));
    }

    private static IResult Sorted(HttpContext http) =>
        PageQuery.TryRead(http, ["status"], out var page, out var problem, "at")
            ? Results.Ok(page.Answer(http, [.. page.Of(All.AsQueryable(), r => r.Id)], r => new Cursor(0, r.Id)))
            : problem;

    private async Task<(List<int> Numbers, string? Cursor, string? Next)> Read(string path)
    {
        var answer = await host.Send("GET", path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var link = answer.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
        link?.ShouldEndWith(">; rel=\"next\"");
        return (
            [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("number").GetInt32())],
            page.GetProperty("nextCursor").GetString(),
            link?[1..link.IndexOf('>')]
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(22)]
    [InlineData(23)]
    [InlineData(200)]
    public async Task Following_the_link_shows_every_row_once_and_ends(int limit)
    {
        var seen = new List<int>();
        for (string? next = $"/v1/rows?status=open&limit={limit}"; next is not null; )
        {
            (var numbers, var cursor, next) = await Read(next);
            numbers.Count.ShouldBeLessThanOrEqualTo(limit);
            (cursor is null).ShouldBe(next is null);
            next?.ShouldContain("status=open");
            seen.AddRange(numbers);
        }
        seen.ShouldBe(Enumerable.Range(0, 23));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("&sort=-at", false)]
    [InlineData("&sort=at", true)]
    public async Task A_sorted_list_shows_every_row_once_from_either_end(string sort, bool oldestFirst)
    {
        var seen = new List<int>();
        for (string? next = $"/v1/sorted-rows?limit=4{sort}"; next is not null; )
        {
            (var numbers, _, next) = await Read(next);
            seen.AddRange(numbers);
        }
        var newestFirst = All.OrderByDescending(r => r.Id).Select(r => r.Number);
        seen.ShouldBe(oldestFirst ? newestFirst.Reverse() : newestFirst);
    }

    [Fact]
    public async Task A_list_is_sorted_by_what_it_names_and_a_cursor_fits_its_order_only()
    {
        await Refused("/v1/sorted-rows?sort=name", "sort", "unknown_value");
        await Refused("/v1/sorted-rows?sort=", "sort", "unknown_value");
        await Refused("/v1/sorted-rows?sort=at&sort=-at", "sort", "duplicate_parameter");
        var (_, cursor, _) = await Read("/v1/sorted-rows?sort=at&limit=3");
        await Refused($"/v1/sorted-rows?sort=-at&cursor={cursor}", "cursor", "invalid_cursor");
    }

    [Fact]
    public async Task A_cursor_fits_its_own_list_and_filters_only_but_any_limit()
    {
        var (_, cursor, _) = await Read("/v1/rows?status=open&channel=app&limit=3");
        (await Read($"/v1/rows?channel=app&status=open&limit=9&cursor={cursor}")).Numbers.ShouldBe(
            Enumerable.Range(3, 9)
        );
        await Refused($"/v1/rows?status=closed&channel=app&cursor={cursor}", "cursor", "invalid_cursor");
        await Refused($"/v1/rows?cursor={cursor}", "cursor", "invalid_cursor");
        await Refused($"/v1/other-rows?status=open&channel=app&cursor={cursor}", "cursor", "invalid_cursor");
    }

    [Fact]
    public async Task A_changed_cursor_is_refused_wherever_it_was_changed()
    {
        var (_, cursor, _) = await Read("/v1/rows?limit=3");
        for (var i = 0; i < cursor!.Length; i++)
        {
            var changed = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            await Refused($"/v1/rows?cursor={changed}", "cursor", "invalid_cursor");
        }
    }

    [Theory]
    [InlineData("limit=0", "limit", "out_of_range")]
    [InlineData("limit=201", "limit", "out_of_range")]
    [InlineData("limit=-1", "limit", "out_of_range")]
    [InlineData("limit=ten", "limit", "out_of_range")]
    [InlineData("limit=", "limit", "out_of_range")]
    [InlineData("limit=5&limit=6", "limit", "duplicate_parameter")]
    [InlineData("cursor=", "cursor", "invalid_cursor")]
    [InlineData("cursor=AAAA", "cursor", "invalid_cursor")]
    [InlineData("cursor=%00", "cursor", "invalid_cursor")]
    [InlineData("sort=-at", "sort", "unknown_parameter")]
    [InlineData("Status=open", "Status", "unknown_parameter")]
    public Task A_query_that_the_list_does_not_know_is_refused(string query, string pointer, string code) =>
        Refused($"/v1/rows?{query}", pointer, code);

    [Fact]
    public async Task All_mistakes_of_a_query_are_told_at_once() =>
        (await (await host.Send("GET", "/v1/rows?limit=0&cursor=x&sort=a")).Problem(400, "malformed"))
            .GetProperty("errors")
            .GetArrayLength()
            .ShouldBe(3);

    [Fact]
    public void Any_cursor_comes_back_as_it_was() =>
        Prop.ForAll<long, Guid, string>(
                (key, id, query) =>
                {
                    var text = Cursor.Encode(new Cursor(key, id), query ?? "");
                    return Cursor.TryDecode(text, out var read, query ?? "")
                        && read == new Cursor(key, id)
                        && read.At.Offset == TimeSpan.Zero;
                }
            )
            .QuickCheckThrowOnFailure();

    private async Task Refused(string path, string pointer, string code) =>
        (await (await host.Send("GET", path)).Problem(400, "malformed"))
            .GetProperty("errors")
            .EnumerateArray()
            .Select(e => (e.GetProperty("pointer").GetString(), e.GetProperty("code").GetString()))
            .ShouldContain((pointer, code));
}
