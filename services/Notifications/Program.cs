using CustomerFeedback.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("notifications");

var app = builder.Build();

app.UseServiceDefaults();

app.Run();
