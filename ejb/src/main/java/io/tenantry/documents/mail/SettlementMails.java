package io.tenantry.documents.mail;

import io.tenantry.config.Settings;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes emails for settlements with the reseller. The platform's transaction cannot write into a reseller's outbox, so the reseller's own job
 * looks for settlements and credit notes without a decision. A decision and its emails are one transaction: a crash leaves both or neither, and
 * of two nodes the second finds the decision.
 *
 * <p>They go to staff who see settlements and move money, and to the address that the reseller states on its own invoices.
 */
@Stateless
public class SettlementMails {
    static final int BATCH = 50;

    /** The database shows only the reseller's own documents, and none of a closed account. */
    private static final String DUE = """
            select d.*
              from (select s.id, false as is_credit, s.number_text, s.month, s.payable, s.currency, s.issued_at, s.state = 'OPEN' as is_open,
                           exists (select from platform.settlement_invoice i where i.settlement_id = s.id)
                           and exists (select from platform.settlement_line l where l.settlement_id = s.id and l.amount > 0) as is_paper
                      from platform.settlement s
                     union all
                    select c.id, true, c.number_text, s.month, c.payable, c.currency, c.issued_at, false,
                           exists (select from platform.settlement_invoice i where i.settlement_id = c.settlement_id)
                      from platform.settlement_credit c
                      join platform.settlement s on s.id = c.settlement_id) d
             where d.issued_at >= (select p.settlement_mails_from from invoice_policy p)
               and not exists (select from settlement_delivery m where m.document_id = d.id)
             order by d.issued_at, d.number_text
             limit ?
            """;

    private static final String DECIDE = """
            insert into settlement_delivery (document_id, state, decided_at) values (?, ?, ?)
            on conflict on constraint settlement_delivery_pk do nothing
            """;

    /** An address that also belongs to a person gets one email, in the language of that person. */
    private static final String CONTACTS = """
            select c.email, (array_agg(c.name order by c.place))[1] as name, max(p.locale) as locale
              from (select p.email, p.name, 0 as place
                      from staff_member s
                      join role r on r.code = s.role and r.permissions @> array['staff_accounting_view', 'staff_billing_manage']
                      join person p on p.id = s.person_id and p.state = 'ACTIVE'
                     union all
                    (select lower(i.email), i.name, 1 from invoice_seller i order by i.id desc limit 1)) c
              left join person p on p.email = c.email and p.state = 'ACTIVE'
             where c.email ~ '^[^@[:space:][:cntrl:]<>",;:]{1,64}@[^@[:space:][:cntrl:]<>",;:]+$' and length(c.email) <= 254
             group by c.email
             order by min(c.place) desc, c.email
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Outbox outbox;

    @Inject
    Settings settings;

    /** For the container. */
    public SettlementMails() {}

    /** For use outside a container. */
    SettlementMails(Sql sql, Clock clock, Outbox outbox, Settings settings) {
        this.sql = sql;
        this.clock = clock;
        this.outbox = outbox;
        this.settings = settings;
    }

    /**
     * A document without a decision.
     *
     * @param hasFile whether it is available as a file: a statement without tax is not
     */
    private record DueDocument(
            UUID id, boolean isCredit, String number, YearMonth month, Money payable, boolean isOpen, boolean hasFile) {
        MailTemplate template() {
            return isCredit ? MailTemplate.SETTLEMENT_CREDITED : MailTemplate.SETTLEMENT_ISSUED;
        }

        Outbox.Attachment enclosure() {
            return Outbox.Attachment.ofSettlement(id, hasFile ? List.of(Format.PDF) : List.of());
        }
    }

    private record Contact(String name, String email, Optional<String> language) {}

    /**
     * Writes emails for the tenant's settlements.
     *
     * @return number of documents decided on; equal to the batch size if more may be left
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int write(Tenant tenant) {
        var due = sql.query(DUE, SettlementMails::due, BATCH);
        if (due.isEmpty()) {
            return 0;
        }
        var contacts =
                sql.query(CONTACTS, row -> new Contact(row.text("name"), row.text("email"), row.maybeText("locale")));
        for (var document : due) {
            // Waits for a concurrent node here, and finds its decision.
            if (decide(document, contacts.isEmpty() ? "NO_RECIPIENT" : "QUEUED")) {
                contacts.forEach(contact -> write(tenant, document, contact));
            }
        }
        return due.size();
    }

    private boolean decide(DueDocument document, String state) {
        Instant now = clock.instant();
        return sql.update(DECIDE, document.id(), state, now) == 1;
    }

    private void write(Tenant tenant, DueDocument document, Contact contact) {
        var locale = locale(tenant, contact);
        var mailTemplate = document.template();
        var unusedNew = outbox.write(
                mailTemplate,
                locale,
                contact.email(),
                Map.of(
                        "name", contact.name(),
                        "about", document.number(),
                        "amount", MailFormats.text(document.payable(), locale),
                        "period",
                                DateTimeFormatter.ofPattern("LLLL yyyy", locale).format(document.month()),
                        "open", document.isOpen() ? "1" : "0",
                        "link", settings.origin(tenant.primaryHost()) + "/staff/settlement?id=" + document.id()),
                String.join(":", mailTemplate.name(), document.id().toString(), contact.email()),
                Optional.of(document.enclosure()));
    }

    /** Returns the locale as pages choose it, so that a file attached to an email is the one that a download provides. */
    private static Locale locale(Tenant tenant, Contact contact) {
        return contact.language()
                .map(Locale::forLanguageTag)
                .filter(own -> !own.getLanguage().equals(tenant.locale().getLanguage()))
                .orElseGet(tenant::locale);
    }

    private static DueDocument due(Row row) {
        return new DueDocument(
                row.uuid("id"),
                row.flag("is_credit"),
                row.text("number_text"),
                YearMonth.from(row.date("month")),
                new Money(row.decimal("payable"), Currency.getInstance(row.text("currency"))),
                row.flag("is_open"),
                row.flag("is_paper"));
    }
}
