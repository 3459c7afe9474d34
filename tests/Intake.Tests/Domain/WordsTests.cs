using CustomerFeedback.Intake.Domain;
using Wire = CustomerFeedback.Contracts;

namespace CustomerFeedback.Intake.Tests.Domain;

public class WordsTests
{
    [Fact]
    public void Every_word_has_a_namesake_in_the_contracts()
    {
        Namesakes<Channel, Wire.Channel>();
        Namesakes<RequestType, Wire.RequestType>();
        Namesakes<Urgency, Wire.Urgency>();
        Namesakes<ServiceStage, Wire.ServiceStage>();
        Namesakes<CustomerType, Wire.CustomerType>();
        Namesakes<Segment, Wire.Segment>();
        Namesakes<Category, Wire.Category>();
        Namesakes<Subcategory, Wire.Subcategory>();
        Namesakes<Emotion, Wire.Emotion>();
        Namesakes<PromisedClock, Wire.SlaClockName>();

        static void Namesakes<TOurs, TTheirs>()
            where TOurs : struct, Enum
            where TTheirs : struct, Enum =>
            Enum.GetNames<TOurs>().Except(Enum.GetNames<TTheirs>()).ShouldBeEmpty(typeof(TOurs).Name);
    }

    [Fact]
    public void Words_are_lower_snake_and_read_back()
    {
        Word<Channel>.Of(Channel.MiniProgram).ShouldBe("mini_program");
        foreach (var channel in Enum.GetValues<Channel>())
            Word<Channel>.Parse(Word<Channel>.Of(channel)).ShouldBe(channel);
        Word<Channel>.TryParse("MiniProgram", out _).ShouldBeFalse();
        Word<Channel>.TryParse("1", out _).ShouldBeFalse();
        Word<Channel>.TryParse(null, out _).ShouldBeFalse();
    }
}
