package io.tenantry.documents.mail;

import io.tenantry.documents.mail.InvoiceMails.Contact;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Delivery status of a document's emails, sending them again, and an organization's choice of attachments. */
@Stateless
public class InvoiceDelivery {
    private static final String DELIVERY = """
            select v.organization_id, coalesce(g.state, 'NEVER') as decision, m.id, m.recipient, m.state, m.attempts, m.fault, m.fault_kind,
                   m.created_at, m.sent_at
              from invoice v
              left join invoice_delivery g on g.invoice_id = v.id
              left join mail m on m.invoice_id = v.id
             where v.id = ?
             order by m.created_at, m.recipient
            """;

    /** The times that a document was sent, by minute: for all documents of its organization, and for itself. */
    private static final String SENT_SINCE = """
            select cast(count(distinct (m.invoice_id, date_trunc('minute', m.created_at))) as integer) as of_organization,
                   cast(count(distinct date_trunc('minute', m.created_at)) filter (where m.invoice_id = ?) as integer)
                       as of_document
              from invoice v
              join mail m on m.invoice_id = v.id
             where v.organization_id = ?
               and m.created_at > ?
            """;

    /** How often a document is sent in a day: addresses of organizations are not confirmed, and may be those of uninvolved people. */
    static final int DOCUMENT_MAX = 5;

    /** How often the documents of an organization are sent in a day. */
    static final int ORGANIZATION_MAX = 20;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    InvoiceMails invoiceMails;

    /** Delivery decision made when a document was issued. */
    public enum Decision {
        /** None yet: emails are about to be written. */
        DUE,
        /** Emails were written. */
        QUEUED,
        /** There was no recipient. */
        NO_RECIPIENT,
        /** The reseller did not send documents by email at that time. */
        OFF,
        /** It was issued before documents were sent by email. */
        NEVER
    }

    /** Outcome of sending again. */
    public enum Outcome {
        DONE,
        /** It is already being sent. */
        WAITING,
        /** There is no recipient. */
        NO_RECIPIENT,
        /** It, or the organization's documents, were sent too often within a day. */
        RATE_LIMITED
    }

    /**
     * An email with a document.
     *
     * @param fault why the last attempt failed
     */
    public record Sent(
            UUID mailId,
            String recipient,
            String state,
            int attempts,
            Optional<DeliveryFailure> fault,
            Instant writtenAt,
            Optional<Instant> sentAt) {}

    /** Delivery status of a document, earliest email first. */
    public record Delivery(Decision decision, List<Sent> mails) {
        public Delivery {
            mails = List.copyOf(mails);
        }
    }

    private record Known(UUID organizationId, Delivery delivery) {}

    private record Part(UUID organizationId, Decision decision, Optional<Sent> mail) {}

    /**
     * Returns the delivery status of a document.
     *
     * @throws NotFoundException if there is no such document, or it belongs to an organization that the user has no access to
     */
    public Delivery of(UUID documentId) {
        return known(documentId, Permission.BILLING_VIEW).delivery();
    }

    /**
     * Sends the document again to all billing contacts of its organization. Permitted to members who manage its billing, and to staff who may
     * correct documents.
     */
    public Outcome again(UUID documentId) {
        var known = known(documentId, Permission.BILLING_MANAGE);
        return send(documentId, known, invoiceMails.contacts(List.of(known.organizationId())));
    }

    /** Sends the document to the requesting member. */
    public Outcome toMe(UUID documentId) {
        var known = known(documentId, Permission.BILLING_VIEW);
        var me = Actors.require();
        if (me.kind() != Actor.Kind.MEMBER || me.isImpersonating()) {
            return Outcome.NO_RECIPIENT;
        }
        return send(
                documentId,
                known,
                sql.query(
                        "select email, name, locale from person where id = ?",
                        row -> new Contact(
                                known.organizationId(), row.text("name"), row.text("email"), row.maybeText("locale")),
                        me.personId()));
    }

    private Outcome send(UUID documentId, Known known, List<Contact> contacts) {
        if (contacts.isEmpty()) {
            return Outcome.NO_RECIPIENT;
        }
        var waiting = known.delivery().mails().stream()
                .filter(mail -> mail.state().equals("WAITING"))
                .map(Sent::recipient)
                .toList();
        var due = contacts.stream()
                .filter(contact -> !waiting.contains(contact.email()))
                .toList();
        if (!due.isEmpty() && isTooOften(documentId, known.organizationId())) {
            return Outcome.RATE_LIMITED;
        }
        var document = invoiceMails.documents(List.of(documentId)).get(0);
        var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES).toString();
        var tenant = tenants.current();
        var to = due.stream()
                .filter(contact -> invoiceMails.write(tenant, document, contact, minute))
                .map(Contact::email)
                .toList();
        if (to.isEmpty()) {
            return Outcome.WAITING;
        }
        audit.record(
                "invoice.mailed",
                "invoice",
                documentId.toString(),
                Map.of("number", document.number(), "to", String.join(", ", to)));
        return Outcome.DONE;
    }

    /** Counts in the database, one request after the other. */
    private boolean isTooOften(UUID documentId, UUID organizationId) {
        var unused = sql.one(
                "select 1 as one from (select pg_advisory_xact_lock(?, hashtext(current_schema()))) l",
                row -> row.whole("one"),
                AdvisoryLock.DELIVERY.space());
        return sql.one(
                SENT_SINCE,
                row -> row.whole("of_document") >= DOCUMENT_MAX || row.whole("of_organization") >= ORGANIZATION_MAX,
                documentId,
                organizationId,
                clock.instant().minus(1, ChronoUnit.DAYS));
    }

    private Known known(UUID documentId, String permission) {
        var parts = sql.query(
                DELIVERY,
                row -> new Part(
                        row.uuid("organization_id"),
                        Decision.valueOf(row.text("decision")),
                        row.maybeUuid("id").map(id -> sent(id, row))),
                documentId);
        var first = parts.stream().findFirst().orElseThrow(() -> new NotFoundException("document", documentId));
        access.requireIn(first.organizationId(), permission);
        return new Known(
                first.organizationId(),
                new Delivery(
                        first.decision(),
                        parts.stream().flatMap(part -> part.mail().stream()).toList()));
    }

    /** Whether an organization wants an XRechnung as a separate file, where a document has one. */
    public boolean isXRechnung(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return sql.first(
                        "select xrechnung from invoice_delivery_preference where organization_id = ?",
                        row -> row.flag("xrechnung"),
                        organizationId)
                .orElse(false);
    }

    /** Sets whether an organization wants an XRechnung as a separate file. */
    public void setXRechnung(UUID organizationId, boolean isXRechnung) {
        access.requireIn(organizationId, Permission.BILLING_MANAGE);
        if (isXRechnung(organizationId) == isXRechnung) {
            return;
        }
        sql.update("""
                        insert into invoice_delivery_preference (organization_id, xrechnung, changed_at)
                        values (?, ?, ?)
                        on conflict on constraint invoice_delivery_preference_pk do update
                           set xrechnung = excluded.xrechnung, changed_at = excluded.changed_at
                        """, organizationId, isXRechnung, clock.instant());
        audit.record(
                "invoice.preferences_changed",
                "organization",
                organizationId.toString(),
                Map.of("xrechnung", isXRechnung));
    }

    static Sent sent(UUID id, Row row) {
        return new Sent(
                id,
                row.text("recipient"),
                row.text("state"),
                row.whole("attempts"),
                Outbox.fault(row),
                row.instant("created_at"),
                row.maybeInstant("sent_at"));
    }
}
