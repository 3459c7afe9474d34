using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerFeedback.Ticketing.Tests.Features.Tickets;

public sealed class GetTimelineTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_story_is_told_from_the_beginning_page_by_page()
    {
        var number = await world.Closed();
        var whole = await world.Timeline(number);

        var seen = new List<int>();
        string? cursor = null;
        do
        {
            var page = JsonNode.Parse(
                await world.Manager.GetStringAsync(
                    $"/v1/tickets/{number}/timeline?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}"
                )
            )!;
            seen.AddRange(page["items"]!.AsArray().Select(line => (int)line!["seq"]!));
            cursor = (string?)page["nextCursor"];
        } while (cursor is not null);

        seen.ShouldBe(Enumerable.Range(1, whole.Count));
    }

    [Theory]
    [InlineData("UPDATE timeline SET by = 'nobody'")]
    [InlineData("DELETE FROM timeline")]
    [InlineData("TRUNCATE timeline")]
    public async Task What_is_written_in_it_stays(string attempt)
    {
        await world.Inquiry();
        await using var db = world.Db();

        var refused = await Should.ThrowAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync(attempt));

        refused.MessageText.ShouldContain("append-only");
    }
}
