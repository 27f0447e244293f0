package io.tenantry.documents.mail;

import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.config.Settings;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.PortalLink;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes emails for issued documents. Issuing only records them, in its own transaction and in one statement; emails are written afterwards,
 * and their attachments are created when they are sent. Each document is decided on once: the decision and its emails are one transaction, so
 * that a crash leaves both or neither.
 *
 * <p>They go to the organization's billing contacts: the address for documents, and members who manage its billing.
 */
@Stateless
public class InvoiceMails {
    static final int BATCH = 200;

    private static final String DUE = """
            select m.invoice_id
              from invoice_delivery m
             where m.state = 'DUE'
             order by m.queued_at, m.invoice_id
             limit ?
               for update skip locked
            """;

    private static final String DECIDE =
            "update invoice_delivery set state = ?, decided_at = ? where invoice_id = any (?) and state = 'DUE'";

    private static final String DOCUMENTS = """
            select v.id, v.kind, v.number_text, v.total, v.open_amount, v.currency, v.period_from, v.organization_id, o.name as organization, v.due_on,
                   coalesce(w.xrechnung, false) as xrechnung
              from invoice v
              join organization o on o.id = v.organization_id
              left join invoice_delivery_preference w on w.organization_id = v.organization_id
             where v.id = any (?)
             order by v.issued_at, v.id
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Outbox outbox;

    @Inject
    Settings settings;

    /** Recipient of a document. */
    public record Contact(UUID organizationId, String name, String email, Optional<String> language) {}

    /**
     * Document data for an email.
     *
     * @param amountDue what is still to be paid
     * @param dueOn the last day for payment in time; empty if there is none
     */
    public record Document(
            UUID id,
            DocumentKind kind,
            String number,
            Money total,
            Money amountDue,
            Instant from,
            UUID organizationId,
            String organization,
            boolean isXRechnung,
            Optional<LocalDate> dueOn) {
        boolean isOpen() {
            return amountDue.isPositive();
        }

        /** Returns what is paid of a document of which something is still to be paid; empty if that is nothing. */
        Optional<Money> paidPart() {
            return Optional.of(total.minus(amountDue)).filter(paid -> isOpen() && paid.isPositive());
        }

        /** Returns the attachment. */
        public Outbox.Attachment enclosure() {
            return Outbox.Attachment.ofInvoice(
                    id, isXRechnung ? List.of(Format.PDF, Format.XRECHNUNG_UBL) : List.of(Format.PDF));
        }
    }

    /**
     * Writes emails for the tenant's documents that are due.
     *
     * @return number of documents decided on; equal to the batch size if more may be left
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int write(Tenant tenant) {
        var due = sql.query(DUE, row -> row.uuid("invoice_id"), BATCH);
        if (due.isEmpty()) {
            return 0;
        }
        if (!sql.one("select mailed from invoice_policy", row -> row.flag("mailed"))) {
            decide("OFF", due);
            return due.size();
        }
        var documents = documents(due);
        var contacts = contacts(
                documents.stream().map(Document::organizationId).distinct().toList());
        var written = new ArrayList<UUID>();
        var toNobody = new ArrayList<UUID>();
        for (var document : documents) {
            var to = contacts.stream()
                    .filter(contact -> contact.organizationId().equals(document.organizationId()))
                    .toList();
            to.forEach(contact -> write(tenant, document, contact, ""));
            (to.isEmpty() ? toNobody : written).add(document.id());
        }
        decide("QUEUED", written);
        decide("NO_RECIPIENT", toNobody);
        return due.size();
    }

    private void decide(String state, List<UUID> documents) {
        if (!documents.isEmpty()) {
            sql.update(DECIDE, state, clock.instant(), documents.toArray(UUID[]::new));
        }
    }

    /** Returns the document data for emails. */
    public List<Document> documents(List<UUID> ids) {
        return sql.query(DOCUMENTS, InvoiceMails::document, (Object) ids.toArray(UUID[]::new));
    }

    /** Returns the billing contacts of organizations, the address for documents first. */
    public List<Contact> contacts(List<UUID> organizations) {
        return BillingContacts.of(sql, Permission.BILLING_MANAGE, organizations);
    }

    /**
     * Writes one email.
     *
     * @param occasion empty when the document was issued; each recipient gets one email per occasion
     * @return whether it was not written before
     */
    public boolean write(Tenant tenant, Document document, Contact contact, String occasion) {
        var locale = BillingContacts.locale(tenant, contact);
        var mailTemplate = template(document.kind());
        var month = YearMonth.from(document.from().atZone(tenant.zone()));
        var total = document.total();
        var facts = new HashMap<>(Map.of(
                "name", contact.name(),
                "about", document.number(),
                "amount", MailFormats.text(total.isNegative() ? total.negated() : total, locale),
                "period", DateTimeFormatter.ofPattern("LLLL yyyy", locale).format(month),
                "open", document.isOpen() ? "1" : "0",
                "due", document.dueOn().map(day -> MailFormats.day(day, locale)).orElse(""),
                "organization", document.organization(),
                "link",
                        settings.origin(tenant.primaryHost())
                                + PortalLink.in(document.organizationId(), "/portal/invoice?id=" + document.id())));
        facts.put("amountDue", MailFormats.text(document.amountDue(), locale));
        document.paidPart().ifPresent(paid -> facts.put("prepaid", MailFormats.text(paid, locale)));
        if (mailTemplate.asksForMoney(document.isOpen())) {
            facts.putAll(PaymentDetails.of(sql, document.organizationId()));
        }
        return outbox.write(
                mailTemplate,
                locale,
                contact.email(),
                facts,
                String.join(":", mailTemplate.name(), document.id().toString(), contact.email(), occasion),
                Optional.of(document.enclosure()));
    }

    private static MailTemplate template(DocumentKind kind) {
        return switch (kind) {
            case CREDIT_NOTE -> MailTemplate.CREDIT_NOTE_ISSUED;
            case DEBIT_NOTE -> MailTemplate.DEBIT_NOTE_ISSUED;
            case INVOICE, PROFORMA -> MailTemplate.INVOICE_ISSUED;
        };
    }

    private static Document document(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new Document(
                row.uuid("id"),
                DocumentKind.valueOf(row.text("kind")),
                row.text("number_text"),
                new Money(row.decimal("total"), currency),
                new Money(row.decimal("open_amount"), currency),
                row.instant("period_from"),
                row.uuid("organization_id"),
                row.text("organization"),
                row.flag("xrechnung"),
                row.maybeDate("due_on"));
    }
}
