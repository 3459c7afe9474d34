using System.Security.Cryptography;
using CustomerFeedback.Intake.Data;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Intake.Tests.Data;

public class FieldCipherTests
{
    private static readonly string OldKey = NewKey();
    private static readonly string NewestKey = NewKey();

    private readonly FieldCipher cipher = With("new", ("old", OldKey), ("new", NewestKey));
    private readonly Guid row = Guid.CreateVersion7();

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static FieldCipher With(string current, params (string Id, string Key)[] keys) =>
        new(
            Options.Create(
                new PersonalDataOptions
                {
                    CurrentKey = current,
                    Keys = keys.ToDictionary(k => k.Id, k => k.Key),
                    IndexKey = NewKey(),
                }
            )
        );

    private sealed class Following(PersonalDataOptions first) : IOptions<PersonalDataOptions>
    {
        public PersonalDataOptions Value { get; set; } = first;
    }

    [Fact]
    public void When_the_options_are_others_new_values_take_the_new_key_and_old_ones_still_open()
    {
        var options = new Following(
            new()
            {
                CurrentKey = "old",
                Keys = new() { ["old"] = OldKey },
                IndexKey = NewKey(),
            }
        );
        var following = new FieldCipher(options);
        var before = following.Seal("13800001234", "phone", row);
        options.Value = new()
        {
            CurrentKey = "new",
            Keys = new() { ["old"] = OldKey, ["new"] = NewestKey },
            IndexKey = options.Value.IndexKey,
        };
        following.Open(before, "phone", row).ShouldBe("13800001234");
        var after = following.Seal("13800001234", "phone", row);
        With("new", ("new", NewestKey)).Open(after, "phone", row).ShouldBe("13800001234");
    }

    [Theory]
    [InlineData("13800001234")]
    [InlineData("欧阳娜娜 𠮷")]
    [InlineData("")]
    public void What_is_sealed_opens_in_its_place(string text) =>
        cipher.Open(cipher.Seal(text, "phone", row), "phone", row).ShouldBe(text);

    [Fact]
    public void Nothing_stays_nothing() => cipher.Open(cipher.Seal(null, "phone", row), "phone", row).ShouldBeNull();

    [Fact]
    public void The_same_text_never_looks_the_same() =>
        cipher.Seal("13800001234", "phone", row).ShouldNotBe(cipher.Seal("13800001234", "phone", row));

    [Fact]
    public void A_value_moved_to_another_row_or_column_does_not_open()
    {
        var sealedText = cipher.Seal("13800001234", "phone", row);
        Should.Throw<CryptographicException>(() => cipher.Open(sealedText, "phone", Guid.CreateVersion7()));
        Should.Throw<CryptographicException>(() => cipher.Open(sealedText, "email", row));
    }

    [Fact]
    public void A_value_with_any_bit_changed_does_not_open()
    {
        var sealedText = cipher.Seal("13800001234", "phone", row)!;
        for (var i = 1 + 3; i < sealedText.Length; i++)
        {
            var altered = (byte[])sealedText.Clone();
            altered[i] ^= 1;
            Should.Throw<CryptographicException>(() => cipher.Open(altered, "phone", row));
        }
    }

    [Fact]
    public void After_a_change_of_keys_old_values_open_until_their_key_is_gone()
    {
        var old = With("old", ("old", OldKey)).Seal("13800001234", "phone", row);

        cipher.Open(old, "phone", row).ShouldBe("13800001234");
        Should
            .Throw<CryptographicException>(() => With("new", ("new", NewestKey)).Open(old, "phone", row))
            .Message.ShouldContain("old");
    }
}
