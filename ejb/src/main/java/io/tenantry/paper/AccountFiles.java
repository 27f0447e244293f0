package io.tenantry.paper;

import io.tenantry.brand.Brands;
import io.tenantry.identity.NotVisible;
import io.tenantry.invoicing.Accounts;
import io.tenantry.paper.DocumentFiles.Format;
import io.tenantry.paper.DocumentFiles.Made;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.wallet.Wallets;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Statements of account on paper. They are made anew each time and not kept: money and documents of days that are over stay what they are. */
@Stateless
public class AccountFiles {
    @Inject
    Accounts accounts;

    @Inject
    Brands brands;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public AccountFiles() {}

    /** For use outside a container. */
    AccountFiles(Accounts accounts, Brands brands, Sql sql, Clock clock, TenantDirectory tenants) {
        this.accounts = accounts;
        this.brands = brands;
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /**
     * The statement of some days, both of them included, as a PDF.
     *
     * @throws NotVisible if the reseller has not said who it is, or the one who asks is not to know
     */
    public Made pdf(UUID organizationId, LocalDate first, LocalDate last, Locale locale) {
        var account = accounts.of(organizationId, new Wallets.Span(beginning(first), beginning(last.plusDays(1))));
        var parties = accounts.parties(organizationId);
        var seller = parties.seller().orElseThrow(() -> new NotVisible("file", organizationId));
        var words = new PaperWords(locale, tenants.current().zone());
        var template =
                new TemplateRows(sql).latest().map(Templates.Version::template).orElse(Template.NONE);
        var page = new PaperPage(Letterhead.of(brands, template), words);
        var span = words.text("span", words.day(first), words.day(last));
        var now = clock.instant();
        var facts = new Pdf.Facts(
                page.statementTitle(span),
                seller.address().name(),
                words.locale().toLanguageTag(),
                now);
        return new Made(
                "statement-" + first + "-" + last + Format.PDF.ending(),
                Format.PDF.mediaType(),
                Pdf.of(
                        page.statement(seller, parties.buyer(), account, span, words.day(last), now),
                        facts,
                        Optional.empty()));
    }

    private Instant beginning(LocalDate day) {
        return day.atStartOfDay(tenants.current().zone()).toInstant();
    }
}
