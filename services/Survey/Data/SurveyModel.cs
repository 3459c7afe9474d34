using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerFeedback.Survey.Data;

/// <summary>How it all lies in tables.</summary>
internal static class SurveyModel
{
    public static void AddSurvey(this ModelBuilder model)
    {
        model.Entity<QuestionnaireRow>(Questionnaires);
        model.Entity<RecoveryRulesRow>(row =>
        {
            row.ToTable("recovery_rules");
            row.HasKey(r => r.Version);
            row.Property(r => r.Version).ValueGeneratedNever();
            row.Property(r => r.Rules).HasColumnType("jsonb");
        });
        model.Entity<StoreLinkRow>(row =>
        {
            row.ToTable("store_links");
            row.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<CustomerRow>(row =>
        {
            row.ToTable("customers");
            row.HasKey(r => r.CustomerId);
            row.Property(r => r.DoNotContact).HasColumnType("jsonb");
        });
        model.Entity<TicketRow>(row =>
        {
            row.ToTable("tickets");
            row.HasKey(r => r.Number);
        });
        model.Entity<InvitationRow>(Invitations);
        model.Entity<FollowUpRow>(FollowUps);
        model.Entity<DraftRow>(row =>
        {
            row.ToTable("drafts");
            row.HasKey(r => r.InvitationId);
            row.Property(r => r.InvitationId).ValueGeneratedNever();
            row.Property(r => r.Answers).HasColumnType("jsonb");
            row.HasIndex(r => r.CustomerId).HasDatabaseName("ix_drafts_customer");
        });
        model.Entity<ResponseRow>(Responses);
        model.Entity<ResponseTextRow>(row =>
        {
            row.ToTable("response_texts");
            row.HasKey(r => r.ResponseId);
            row.Property(r => r.ResponseId).ValueGeneratedNever();
            row.Property(r => r.Texts).HasColumnType("jsonb");
            row.HasIndex(r => r.CustomerId).HasDatabaseName("ix_response_texts_customer");
        });
    }

    private static void Questionnaires(EntityTypeBuilder<QuestionnaireRow> row)
    {
        row.ToTable("questionnaires");
        row.HasKey(r => new { r.Id, r.Version });
        row.Property(r => r.Version).ValueGeneratedNever();
        row.Property(r => r.Revision).IsConcurrencyToken();
        row.Property(r => r.Body).HasColumnType("jsonb");
        // One draft at a time.
        row.HasIndex(r => r.Id).IsUnique().HasFilter("state = 'draft'").HasDatabaseName("ux_questionnaires_draft");
    }

    private static void Invitations(EntityTypeBuilder<InvitationRow> row)
    {
        row.ToTable("invitations");
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.Facts).HasColumnType("jsonb");
        row.HasIndex(r => new { r.Number, r.Episode }).IsUnique().HasDatabaseName("ux_invitations_episode");
        row.HasIndex(r => r.CustomerId).HasDatabaseName("ix_invitations_customer");
        // The dispatcher's only index: what lies ahead, and nothing else.
        row.HasIndex(r => r.DueAt).HasFilter("state = 'queued'").HasDatabaseName("ix_invitations_due");
    }

    private static void FollowUps(EntityTypeBuilder<FollowUpRow> row)
    {
        row.ToTable("follow_ups");
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.Facts).HasColumnType("jsonb");
        row.Property(r => r.Attempts).HasColumnType("jsonb");
        row.HasIndex(r => new { r.Number, r.Episode }).IsUnique().HasDatabaseName("ux_follow_ups_episode");
        row.HasIndex(r => new { r.DueAt, r.Id }).HasDatabaseName("ix_follow_ups_due");
        // Whose wishes have to be heeded: short, because what is over leaves it.
        row.HasIndex(r => r.CustomerId).HasFilter("state = 'open'").HasDatabaseName("ix_follow_ups_customer");
    }

    private static void Responses(EntityTypeBuilder<ResponseRow> row)
    {
        row.ToTable("responses");
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.Facts).HasColumnType("jsonb");
        row.Property(r => r.Answers).HasColumnType("jsonb");
        row.HasIndex(r => r.InvitationId).IsUnique().HasDatabaseName("ux_responses_invitation");
        row.HasIndex(r => r.Number).HasDatabaseName("ix_responses_number");
        row.HasIndex(r => new { r.QuestionnaireId, r.Id }).HasDatabaseName("ix_responses_questionnaire");
        row.HasIndex(r => r.CustomerId).HasDatabaseName("ix_responses_customer");
    }
}
