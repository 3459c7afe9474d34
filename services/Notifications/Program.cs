using CustomerFeedback.Contracts;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("notifications");
builder.Services.AddDbContext<NotificationsDbContext>(
    (services, db) => db.UseNpgsql(NotificationsDbContext.Connection(services))
);
builder.AddDatabaseReadiness(services => new NpgsqlConnection(NotificationsDbContext.Connection(services)));
builder.AddMessaging<NotificationsDbContext>(
    "notifications",
    EventTable
        .Rows.Where(row => row.Publisher == "notifications")
        .Select(row => new PublishedEvent(row.Event, row.Queues.Length > 0, row.Queues))
);

var app = builder.Build();
if (await app.RunVerb<NotificationsDbContext>(args))
    return;

app.UseServiceDefaults();
app.MapDeadLetters<NotificationsDbContext>("notifications");

await app.RunAsync();
