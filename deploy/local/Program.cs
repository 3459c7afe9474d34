using CustomerFeedback.Local.Servers;

return args is ["keep-test-servers", var home] ? await TestServersKeeper.Run(home) : 0;
