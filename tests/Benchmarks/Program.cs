using CustomerFeedback.Benchmarks;

Calendar.Run();
return 0;
