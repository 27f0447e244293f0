package io.tenantry.documents;

import io.tenantry.billing.invoicing.AccountStatements;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.brand.Brands;
import io.tenantry.documents.InvoiceFiles.DocumentFile;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Printed statements of account. They are created on each request and not stored: money and documents of past days do not change. */
@Stateless
public class StatementFiles {
    @Inject
    AccountStatements accountStatements;

    @Inject
    Brands brands;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public StatementFiles() {}

    /** For use outside a container. */
    StatementFiles(AccountStatements accountStatements, Brands brands, Sql sql, Clock clock, TenantDirectory tenants) {
        this.accountStatements = accountStatements;
        this.brands = brands;
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /**
     * Returns the statement for a range of days, both inclusive, as a PDF.
     *
     * @throws NotFoundException if the reseller's details are missing, or the user has no access to the organization
     */
    public DocumentFile pdf(UUID organizationId, LocalDate first, LocalDate last, Locale locale) {
        var account = accountStatements.of(
                organizationId, new WalletStatements.StatementPeriod(beginning(first), beginning(last.plusDays(1))));
        var parties = accountStatements.parties(organizationId);
        var invoiceSeller = parties.seller().orElseThrow(() -> new NotFoundException("file", organizationId));
        var words = new DocumentTexts(locale, tenants.current().zone());
        var documentTemplate = new TemplateRepository(sql)
                .latest()
                .map(DocumentTemplates.Version::documentTemplate)
                .orElse(DocumentTemplate.NONE);
        var page = new DocumentHtml(Letterhead.of(brands, documentTemplate), words);
        var span = words.text("span", words.day(first), words.day(last));
        var now = clock.instant();
        var documentMetadata = new PdfA3Writer.DocumentMetadata(
                page.statementTitle(span),
                invoiceSeller.address().name(),
                words.locale().toLanguageTag(),
                now);
        return new DocumentFile(
                "statement-" + first + "-" + last + Format.PDF.ending(),
                Format.PDF.mediaType(),
                PdfA3Writer.of(
                        page.statement(invoiceSeller, parties.buyer(), account, span, words.day(last), now),
                        documentMetadata,
                        Optional.empty()));
    }

    private Instant beginning(LocalDate day) {
        return day.atStartOfDay(tenants.current().zone()).toInstant();
    }
}
