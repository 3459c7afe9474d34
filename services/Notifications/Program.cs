using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.Notifications.Features;
using CustomerFeedback.Notifications.Features.Announcing;
using CustomerFeedback.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("notifications");
builder.AddNotifications(); // database, templates, adapters, the ways to other services, the worker
builder.AddMessaging<NotificationsDbContext>(
    "notifications",
    EventTable
        .Rows.Where(row => row.Publisher == "notifications")
        .Select(row => new PublishedEvent(row.Event, row.Queues.Length > 0, row.Queues)),
    consumers =>
        consumers
            .ConsumeBatch<AcknowledgeOnRequestReceived, RequestReceived>(ConsumerOptions.Unhurried)
            .Consume<AskConfirmationOnTicketResolved, TicketResolved>()
            .Consume<AskAgainOnConfirmationReminderDue, ConfirmationReminderDue>()
            .Consume<SendLinkOnSurveyInvited, SurveyInvited>()
            .ConsumeBatch<AlertOnTicketAssigned, TicketAssigned>(ConsumerOptions.Unhurried)
            .Consume<AlertOnSlaBreached, SlaBreached>()
            .Consume<AlertOnTicketEscalated, TicketEscalated>()
);

var app = builder.Build();
if (await app.RunVerb<NotificationsDbContext>(args))
    return;

app.UseServiceDefaults();
ListNotifications.Map(app);
app.MapDeadLetters<NotificationsDbContext>("notifications");

await app.RunAsync();
