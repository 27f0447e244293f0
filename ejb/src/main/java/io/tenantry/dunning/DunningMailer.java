package io.tenantry.dunning;

import io.tenantry.config.Settings;
import io.tenantry.documents.mail.BillingContacts;
import io.tenantry.documents.mail.InvoiceMails.Contact;
import io.tenantry.documents.mail.MailFormats;
import io.tenantry.documents.mail.MailTemplate;
import io.tenantry.documents.mail.Outbox;
import io.tenantry.documents.mail.PaymentDetails;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.people.notification.PortalLink;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends emails to those who may see an organization's money, and to the address for its documents, in the transaction of the event, and tracks
 * which ones have been sent.
 */
@ApplicationScoped
public class DunningMailer {
    /** In the demo, which has no mail server, a stored email counts as sent. */
    private static final String REACHED = """
            update dunning_step s
               set reached_at = greatest(s.taken_at, g.at)
              from dunning_step u
              join dunning_case e on e.id = u.case_id and e.ended_at is null
             cross join lateral (
               select min(case m.state when 'SENT' then m.sent_at when 'KEPT' then m.created_at end) as at
                 from mail m
                where m.idempotency_key = any (u.mail_keys)
                  and (m.state = 'SENT' or m.state = 'KEPT' and ?)) g
             where s.id = u.id and u.reached_at is null and g.at is not null
            """;

    /** The oldest document was due first. */
    private static final String OPEN_DOCUMENTS = """
            select v.number_text, v.open_amount, v.currency, v.due_on
              from invoice v
             where v.wallet_id = ? and v.state = 'FINAL' and v.kind in ('INVOICE', 'DEBIT_NOTE')
             order by v.issued_at, v.number_text
             limit ?
            """;

    /** Maximum number of documents listed in an email; the page lists all of them. */
    private static final int DOCUMENTS_MAX = 10;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Outbox outbox;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    /** For the container. */
    public DunningMailer() {}

    /** For use outside a container. */
    DunningMailer(Sql sql, Clock clock, Outbox outbox, TenantDirectory tenants, Settings settings) {
        this.sql = sql;
        this.clock = clock;
        this.outbox = outbox;
        this.tenants = tenants;
        this.settings = settings;
    }

    /**
     * Content of an email.
     *
     * @param amount the overdue amount
     * @param fee the late fee included in the amount; empty if there is none
     * @param services the services concerned, and when they are affected
     */
    record MailTexts(
            MailTemplate template,
            Notification.Kind note,
            Money amount,
            Optional<Money> fee,
            SuspensionSchedule services) {}

    /** Returns the recipients for an organization's money: each address once, in the language of its documents. */
    List<Contact> readers(UUID organizationId) {
        return BillingContacts.of(sql, Permission.BILLING_VIEW, List.of(organizationId));
    }

    /**
     * Notifies the recipients.
     *
     * @param key a repeated key notifies a person only once
     * @return the keys of the emails
     */
    List<String> send(DunningCase dunningCase, List<Contact> readers, MailTexts mailTexts, String key) {
        var at = clock.instant();
        Notifications.notifyMembers(
                sql,
                dunningCase.organizationId(),
                Permission.BILLING_VIEW,
                new Notification(mailTexts.note(), dunningCase.organization(), "", "wallet", key),
                at);
        var way = mailTexts.template() == MailTemplate.DEBT_PAID
                ? Map.<String, String>of()
                : PaymentDetails.of(sql, dunningCase.organizationId());
        var documents = isOfDebt(mailTexts.template()) ? open(dunningCase.walletId()) : List.<OpenDocument>of();
        return readers.stream()
                .map(reader -> write(dunningCase, reader, mailTexts, way, documents, key))
                .toList();
    }

    private static boolean isOfDebt(MailTemplate mailTemplate) {
        return mailTemplate != MailTemplate.DEBT_PAID && mailTemplate != DunningAction.RUNWAY.template();
    }

    private static String lines(List<OpenDocument> documents, Predicate<OpenDocument> which, Locale locale) {
        return documents.stream().filter(which).map(one -> one.line(locale)).collect(Collectors.joining("\n"));
    }

    /** A document with an amount that is still to be paid, as a part of the wallet's debt. */
    private record OpenDocument(String number, Money amountDue, Optional<LocalDate> dueOn) {
        /** Whether it was to be paid before today; one without a due date was to be paid at once. */
        boolean isDue(LocalDate today) {
            return dueOn.filter(day -> !day.isBefore(today)).isEmpty();
        }

        String line(Locale locale) {
            return Stream.concat(
                            Stream.of(number, MailFormats.text(amountDue, locale)),
                            dueOn.map(day -> MailFormats.day(day, locale)).stream())
                    .collect(Collectors.joining("\t"));
        }
    }

    private List<OpenDocument> open(UUID walletId) {
        return sql.query(
                OPEN_DOCUMENTS,
                row -> new OpenDocument(
                        row.text("number_text"),
                        new Money(row.decimal("open_amount"), Currency.getInstance(row.text("currency"))),
                        row.maybeDate("due_on")),
                walletId,
                DOCUMENTS_MAX);
    }

    private String write(
            DunningCase dunningCase,
            Contact reader,
            MailTexts mailTexts,
            Map<String, String> way,
            List<OpenDocument> documents,
            String key) {
        var tenant = tenants.current();
        var today = LocalDate.ofInstant(clock.instant(), tenant.zone());
        var locale = BillingContacts.locale(tenant, reader);
        var facts = new HashMap<>(mailTexts.services().facts());
        facts.put("name", reader.name());
        facts.put("about", dunningCase.organization());
        facts.put("amount", MailFormats.text(mailTexts.amount(), locale));
        facts.put(
                "fee", mailTexts.fee().map(fee -> MailFormats.text(fee, locale)).orElse(""));
        facts.put("documents", lines(documents, one -> one.isDue(today), locale));
        facts.put("later", lines(documents, one -> !one.isDue(today), locale));
        facts.put(
                "link",
                settings.origin(tenant.primaryHost()) + PortalLink.in(dunningCase.organizationId(), "/portal/wallet"));
        facts.putAll(way);
        var own = key + ":" + reader.email();
        outbox.write(mailTexts.template(), locale, reader.email(), facts, own);
        return own;
    }

    /** Records for steps when the first of their emails has been sent. */
    int reached() {
        return sql.update(REACHED, settings.demo());
    }
}
