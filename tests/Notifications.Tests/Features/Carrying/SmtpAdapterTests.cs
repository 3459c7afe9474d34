using System.Net;
using System.Net.Sockets;
using System.Text;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.Notifications.Features.Carrying;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Notifications.Tests.Features.Carrying;

public sealed class SmtpAdapterTests
{
    private static SmtpAdapter To(FakeMailServer server) =>
        new(
            Options.Create(
                new NotificationOptions
                {
                    SendTimeout = TimeSpan.FromSeconds(10),
                    Smtp = new()
                    {
                        Host = "127.0.0.1",
                        Port = server.Port,
                        Tls = false,
                        From = "service@example.com",
                        AgentAddress = "{id}@staff.example.com",
                    },
                }
            ),
            NullLogger<SmtpAdapter>.Instance
        );

    private static OutgoingMessage Message(string channel = "email", string to = "zhang.wei@example.com") =>
        new(Guid.CreateVersion7(), "please-confirm", channel, to, "zh-CN", "请确认", "您好，请打开 https://x/status/t");

    [Fact]
    public async Task A_mail_arrives_in_its_own_words_under_a_stable_id()
    {
        await using var server = new FakeMailServer();
        var message = Message();
        (await To(server).Send(message, TestContext.Current.CancellationToken)).ShouldBe(new Verdict.Delivered());
        await To(server).Send(message, TestContext.Current.CancellationToken);

        server.Mails.Count.ShouldBe(2);
        var (to, mail) = server.Mails[0];
        to.ShouldContain("zhang.wei@example.com");
        mail.ShouldContain($"Message-ID: <{message.Id:N}@example.com>", Case.Insensitive);
        mail.ShouldContain("Auto-Submitted: auto-generated", Case.Insensitive);
        mail.ShouldContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("请确认")));
        var body = mail[(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\r\n", ""))).Trim().ShouldBe(message.Text);
        server.Mails[1].Mail.ShouldContain($"{message.Id:N}@");
    }

    [Fact]
    public async Task An_agent_has_an_address_by_pattern()
    {
        await using var server = new FakeMailServer();
        await To(server).Send(Message("alert", "li.wei"), TestContext.Current.CancellationToken);
        server.Mails.ShouldHaveSingleItem().To.ShouldContain("li.wei@staff.example.com");
    }

    [Theory]
    [InlineData("550 no such user", true)]
    [InlineData("451 come again", false)]
    public async Task A_refusal_for_good_is_told_from_one_for_now(string answer, bool forGood)
    {
        await using var server = new FakeMailServer { OnRecipient = answer };
        var verdict = await To(server).Send(Message(), TestContext.Current.CancellationToken);
        verdict.ShouldBe(forGood ? new Verdict.Refused("rejected") : new Verdict.TryAgain("mail_server"));
    }

    [Fact]
    public async Task No_server_is_tried_again_and_no_address_is_not()
    {
        var gone = new FakeMailServer();
        await gone.DisposeAsync();
        (await To(gone).Send(Message(), TestContext.Current.CancellationToken)).ShouldBeOfType<Verdict.TryAgain>();
        (await To(gone).Send(Message(to: "nobody"), TestContext.Current.CancellationToken)).ShouldBe(
            new Verdict.Refused("invalid_address")
        );
    }

    /// <summary>As much of SMTP as a client needs to be content.</summary>
    private sealed class FakeMailServer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Task serving;

        public FakeMailServer()
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
            serving = Serve();
        }

        public int Port { get; }
        public string OnRecipient { get; init; } = "250 ok";
        public List<(string To, string Mail)> Mails { get; } = [];

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await serving;
            listener.Dispose();
        }

        private async Task Serve()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await Talk(client);
                }
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                // stopped
            }
        }

        private async Task Talk(TcpClient client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n" };
            writer.AutoFlush = true;
            await writer.WriteLineAsync("220 fake");
            var to = "";
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                {
                    await writer.WriteLineAsync("221 bye");
                    return;
                }
                if (line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase))
                {
                    to = line;
                    await writer.WriteLineAsync(OnRecipient);
                }
                else if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    await writer.WriteLineAsync("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } text && text != ".")
                        mail.Append(text).Append("\r\n");
                    Mails.Add((to, mail.ToString()));
                    await writer.WriteLineAsync("250 taken");
                }
                else
                {
                    await writer.WriteLineAsync("250 ok");
                }
            }
        }
    }
}
