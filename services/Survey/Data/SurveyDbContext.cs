using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Data;

/// <summary>Questionnaires, invitations and what came back.</summary>
internal sealed class SurveyDbContext(DbContextOptions<SurveyDbContext> options) : DbContext(options)
{
    public DbSet<QuestionnaireRow> Questionnaires => Set<QuestionnaireRow>();
    public DbSet<CustomerRow> Customers => Set<CustomerRow>();
    public DbSet<TicketRow> Tickets => Set<TicketRow>();
    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();
    public DbSet<FollowUpRow> FollowUps => Set<FollowUpRow>();
    public DbSet<DraftRow> Drafts => Set<DraftRow>();
    public DbSet<ResponseRow> Responses => Set<ResponseRow>();
    public DbSet<ResponseTextRow> ResponseTexts => Set<ResponseTextRow>();
    public DbSet<StoreLinkRow> StoreLinks => Set<StoreLinkRow>();
    public DbSet<RecoveryRulesRow> RecoveryRules => Set<RecoveryRulesRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddSurvey();
        modelBuilder.SpellInSnakeCase();
    }
}
