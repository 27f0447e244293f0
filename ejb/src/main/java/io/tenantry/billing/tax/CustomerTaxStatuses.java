package io.tenantry.billing.tax;

import io.tenantry.billing.charging.Charging;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The tax statuses of customers and their evidence. A status is never changed: another applies from a moment on, and earlier charges keep their
 * tax.
 */
@Stateless
public class CustomerTaxStatuses {
    /** Maximum length of evidence. */
    public static final int EVIDENCE_MAX = 500;

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
    Charging charging;

    /**
     * Evidence of a customer's tax status.
     *
     * @param text the answer from VIES, or a description of the document
     * @param until the last day of an exemption; empty if it has no end
     * @param file the certificate of an exemption; empty if it is the previous one
     */
    public record Proof(String text, Optional<LocalDate> until, Optional<ExemptionCertificate> file) {
        /** Creates evidence without a document, which is not valid for exemptions. */
        public static Proof of(String text) {
            return new Proof(text, Optional.empty(), Optional.empty());
        }
    }

    /** An exempt customer; the earliest end comes first. */
    public record Exemption(
            UUID organizationId,
            String organization,
            String evidence,
            Optional<LocalDate> until,
            boolean isOver,
            Optional<UUID> document) {}

    /** Outcome of a change. */
    public enum Outcome {
        DONE,
        /** The status already applies, with that evidence. */
        UNCHANGED,
        /** Evidence is required. */
        EVIDENCE,
        /** An exemption requires a document: a PDF, PNG or JPEG of at most {@link ExemptionCertificate#BYTES_MAX} bytes. */
        DOCUMENT,
        /** The last day of an exemption must not be before today. */
        UNTIL
    }

    /** Returns the tax status of an organization. */
    public CustomerTaxStatus of(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return latest(organizationId);
    }

    /**
     * Sets the tax status of an organization from now on, with its evidence. The resulting tax applies to its services from their next hour on,
     * and changes again at the end of an exemption.
     *
     * @throws NotFoundException if there is none
     */
    public Outcome set(UUID organizationId, TaxCustomer.Status status, Proof proof) {
        var faults = faults(organizationId, status, proof);
        if (!faults.isEmpty()) {
            return faults.iterator().next();
        }
        var text = proof.text().strip();
        var before = latest(organizationId);
        var isExempt = status == TaxCustomer.Status.EXEMPT;
        var until = isExempt ? proof.until() : Optional.<LocalDate>empty();
        if (before.status() == status
                && before.evidence().equals(text)
                && before.until().equals(until)
                && (!isExempt || proof.file().isEmpty())) {
            return Outcome.UNCHANGED;
        }
        var document = isExempt
                ? proof.file().map(file -> keep(organizationId, file)).or(before::document)
                : Optional.<UUID>empty();
        write(organizationId, status, text, until, document);
        retax(organizationId);
        return Outcome.DONE;
    }

    /** Returns all faults of a status and its evidence, so that a form can report them at once. */
    public Set<Outcome> faults(UUID organizationId, TaxCustomer.Status status, Proof proof) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        var faults = EnumSet.noneOf(Outcome.class);
        var text = proof.text().strip();
        if ((status != TaxCustomer.Status.CONSUMER && text.isEmpty()) || text.length() > EVIDENCE_MAX) {
            faults.add(Outcome.EVIDENCE);
        }
        var isExempt = status == TaxCustomer.Status.EXEMPT;
        if (isExempt && proof.until().filter(day -> day.isBefore(today())).isPresent()) {
            faults.add(Outcome.UNTIL);
        }
        if (isExempt
                && proof.file().isEmpty()
                && latest(organizationId).document().isEmpty()) {
            faults.add(Outcome.DOCUMENT);
        }
        return faults;
    }

    private UUID keep(UUID organizationId, ExemptionCertificate file) {
        var id = Ids.next(clock);
        sql.update(
                """
                insert into tax_document (id, organization_id, name, media_type, content, added_at, added_by)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                organizationId,
                file.name(),
                file.mediaType(),
                file.content(),
                clock.instant(),
                Actors.require().name());
        return id;
    }

    /**
     * Returns a document provided by an organization.
     *
     * @throws NotFoundException if there is none, or the user has no access to the organization
     */
    public ExemptionCertificate certificate(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        record Found(UUID organizationId, ExemptionCertificate file) {}
        var found = sql.first(
                        "select organization_id, name, content from tax_document where id = ?",
                        row -> new Found(
                                row.uuid("organization_id"),
                                ExemptionCertificate.of(row.text("name"), row.bytes("content"))
                                        .orElseThrow()),
                        id)
                .orElseThrow(() -> new NotFoundException("document", id));
        access.requireIn(found.organizationId(), Permission.BILLING_VIEW);
        return found.file();
    }

    /** Returns exempt customers, and those whose exemption ended within the last three months: earliest end first. */
    public List<Exemption> exemptions() {
        access.require(Permission.STAFF_BILLING_VIEW);
        var now = clock.instant();
        return sql.query(
                """
                select s.organization_id, o.name, s.evidence, s.until_at, s.document_id
                  from organization o
                 cross join lateral (
                   select t.* from tax_status t where t.organization_id = o.id order by t.id desc limit 1) s
                 where s.status = 'EXEMPT'
                   and (s.until_at is null or s.until_at > ?::timestamptz - interval '3 months')
                 order by s.until_at nulls last, o.name, o.id
                """,
                row -> new Exemption(
                        row.uuid("organization_id"),
                        row.text("name"),
                        row.text("evidence"),
                        row.maybeInstant("until_at").map(this::lastDay),
                        row.maybeInstant("until_at")
                                .filter(end -> !end.isAfter(now))
                                .isPresent(),
                        row.maybeUuid("document_id")),
                now);
    }

    /** Handles a changed country or number of an organization: evidence for the old one does not apply to the new one. */
    public void locationChanged(@Observes TaxLocationChanged event) {
        if (event.isNumberChanged() && latest(event.organizationId()).status() == TaxCustomer.Status.BUSINESS) {
            write(event.organizationId(), TaxCustomer.Status.CONSUMER, "", Optional.empty(), Optional.empty());
        }
        retax(event.organizationId());
    }

    /**
     * Handles a changed answer from VIES: the organization becomes a business, or is no longer one. An exempt one stays exempt. An answer for a
     * number that has been replaced in the meantime is no evidence.
     */
    public void numberVerified(@Observes VatNumberVerified event) {
        var id = event.organizationId();
        // Written first: a concurrent change of the number writes to the audit trail too, which serializes the two.
        audit.record(
                "tax.number_checked",
                "organization",
                id.toString(),
                Map.of("number", event.number(), "proven", event.isProven()));
        var isStated = sql.first(
                        "select vat_number from invoice_buyer_v where organization_id = ? order by id desc limit 1",
                        row -> row.text("vat_number").equals(event.number()),
                        id)
                .orElse(false);
        var before = latest(id).status();
        var from = event.isProven() ? TaxCustomer.Status.CONSUMER : TaxCustomer.Status.BUSINESS;
        if (isStated && before == from) {
            write(
                    id,
                    event.isProven() ? TaxCustomer.Status.BUSINESS : TaxCustomer.Status.CONSUMER,
                    event.evidence(),
                    Optional.empty(),
                    Optional.empty());
            retax(id);
        }
    }

    private void write(
            UUID organizationId,
            TaxCustomer.Status status,
            String evidence,
            Optional<LocalDate> until,
            Optional<UUID> document) {
        if (sql.update(
                                "delete from exemption_expiry where organization_id = ? and until_at > ?",
                                organizationId,
                                clock.instant())
                        == 0
                && isEnding(organizationId)) {
            // An expired exemption is charged up to its end before anything else applies.
            retax(organizationId);
        }
        var end = until.map(day -> new TaxEffectiveDates(sql, clock, tenants).startOf(day.plusDays(1)));
        sql.update(
                """
                insert into tax_status (organization_id, status, evidence, from_at, until_at, document_id, recorded_at, recorded_by)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                organizationId,
                status,
                evidence,
                clock.instant(),
                end.orElse(null),
                document.orElse(null),
                clock.instant(),
                Actors.require().name());
        end.ifPresent(at -> sql.update("""
                insert into exemption_expiry (organization_id, until_at) values (?, ?)
                on conflict on constraint exemption_expiry_pk do update set until_at = excluded.until_at
                """, organizationId, at));
        var facts = new TreeMap<String, Object>(Map.of("status", status));
        until.ifPresent(day -> facts.put("until", day));
        document.ifPresent(id -> facts.put("document", id));
        audit.record("tax.status_changed", "organization", organizationId.toString(), facts);
    }

    private boolean isEnding(UUID organizationId) {
        return sql.one(
                "select exists (select from exemption_expiry where organization_id = ?) as ending",
                row -> row.flag("ending"),
                organizationId);
    }

    private void retax(UUID organizationId) {
        if (!sql.one("select exists (select from tax_registration) as known", row -> row.flag("known"))) {
            return;
        }
        for (var wallet : sql.query(
                "select id from wallet where organization_id = ? order by id", row -> row.uuid("id"), organizationId)) {
            charging.changeTax(wallet, clock.instant());
        }
    }

    private CustomerTaxStatus latest(UUID organizationId) {
        return sql.first("""
                        select status, evidence, from_at, until_at, document_id
                          from tax_status
                         where organization_id = ?
                         order by id desc
                         limit 1
                        """, this::status, organizationId).orElse(CustomerTaxStatus.UNKNOWN);
    }

    private CustomerTaxStatus status(Row row) {
        var until = row.maybeInstant("until_at");
        if (until.filter(end -> !end.isAfter(clock.instant())).isPresent()) {
            return new CustomerTaxStatus(
                    TaxCustomer.Status.CONSUMER, "", until, Optional.empty(), Optional.empty(), true);
        }
        return new CustomerTaxStatus(
                TaxCustomer.Status.valueOf(row.text("status")),
                row.text("evidence"),
                Optional.of(row.instant("from_at")),
                until.map(this::lastDay),
                row.maybeUuid("document_id"),
                false);
    }

    /** Returns the last day before an instant. */
    private LocalDate lastDay(Instant end) {
        return LocalDate.ofInstant(end, tenants.current().zone()).minusDays(1);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), tenants.current().zone());
    }
}
