using System.Text.Json;
using CustomerFeedback.Contracts;

namespace CustomerFeedback.Notifications.Features;

/// <summary>The words of the contracts, as they are written.</summary>
internal static class Wire
{
    public static string Word(this Enum word) => JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());

    /// <summary>The channel that a word names, for events; alerts go to the company's own systems.</summary>
    public static Channel Channel(string? word) =>
        Enum.GetValues<Channel>().FirstOrDefault(channel => channel.Word() == word, Contracts.Channel.Api);
}
