using CustomerFeedback.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("survey");

var app = builder.Build();

app.UseServiceDefaults();

app.Run();
