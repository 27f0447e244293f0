package io.tenantry.billing.tax;

import io.tenantry.billing.charging.Charging;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
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
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A reseller's tax settings: where tax is collected, whether prices include it, the rates, and the tax status of customers. Nothing is ever
 * changed: a setting applies from a moment on, and earlier charges keep their tax.
 */
@Stateless
public class TaxSettings {
    /** Maximum length of evidence. */
    public static final int EVIDENCE_MAX = 500;

    private static final int NUMBER_MAX = 40;

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
    Ledger ledger;

    @Inject
    Charging charging;

    /** Tax scheme of the reseller in a country. */
    public enum Scheme {
        /** It is registered there. */
        DOMESTIC,
        /** It declares the tax for consumers elsewhere in the EU there. */
        OSS,
        /** It is a small business there and collects none. */
        SMALL_BUSINESS
    }

    /**
     * A place where the reseller collects tax, and the start.
     *
     * @param until the end of the collection
     */
    public record Registration(
            long id, String country, String number, Scheme scheme, Instant from, Optional<Instant> until)
            implements Serializable {}

    /** Whether prices include tax, and the start. */
    public record Pricing(boolean isIncluded, Instant from) {}

    /**
     * A rate, and the day from which it applies.
     *
     * @param place a country, or a region of it after a dash
     */
    public record Rate(String place, String category, BigDecimal percent, TaxComponents split, LocalDate from) {
        /** Creates a rate that is a single tax. */
        public Rate(String place, String category, BigDecimal percent, LocalDate from) {
            this(place, category, percent, TaxComponents.NONE, from);
        }
    }

    /**
     * Result of importing a table of rates.
     *
     * @param written number of new rates
     * @param known number of rates that existed already
     * @param faults with their line numbers, in order; nothing is written if there are any
     */
    public record Imported(int written, int known, List<Faulty> faults) {
        public Imported {
            faults = List.copyOf(faults);
        }
    }

    /**
     * A fault of a line of a table.
     *
     * @param line counted from one
     * @param fault the name of the fault
     */
    public record Faulty(int line, String fault) {}

    /**
     * A customer's tax status with its evidence.
     *
     * @param until the last day of a limited exemption
     * @param document the certificate of an exemption
     * @param isExpired whether it was exempt until {@code from}, and no new status was set since
     */
    public record CustomerTaxStatus(
            TaxCustomer.Status status,
            String evidence,
            Optional<Instant> from,
            Optional<LocalDate> until,
            Optional<UUID> document,
            boolean isExpired) {
        static final CustomerTaxStatus UNKNOWN = new CustomerTaxStatus(
                TaxCustomer.Status.CONSUMER, "", Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

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
        /** The setting already applies. */
        UNCHANGED,
        /** There is no such country, or no rate is known there. */
        COUNTRY,
        /** The number is missing or too long. */
        NUMBER,
        /** It must apply from the start of a future month, or from a day without charges. */
        FROM,
        /** The reseller's details have not been entered. */
        SELLER,
        /** OSS requires a registration in the EU, and a small business must be in its own country. */
        SCHEME,
        /** A category must consist of capital letters. */
        CATEGORY,
        /** A rate must be from 0 to 100 percent. */
        PERCENT,
        /** Evidence is required. */
        EVIDENCE,
        /** An exemption requires a document: a PDF, PNG or JPEG of at most {@link ExemptionCertificate#BYTES_MAX} bytes. */
        DOCUMENT,
        /** The last day of an exemption must not be before today. */
        UNTIL
    }

    /** Returns the places where the reseller collects tax. */
    public List<Registration> registrations() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                """
                select r.id, r.country, r.number, r.scheme, r.from_at, e.until_at
                  from tax_registration r
                  left join tax_registration_end e on e.registration_id = r.id
                 order by r.from_at, r.id
                """,
                row -> new Registration(
                        row.big("id"),
                        row.text("country"),
                        row.text("number"),
                        Scheme.valueOf(row.text("scheme")),
                        row.instant("from_at"),
                        row.maybeInstant("until_at")));
    }

    /** Returns whether prices include tax, latest setting first. */
    public List<Pricing> pricing() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                "select included, from_at from tax_pricing order by from_at desc, id desc",
                row -> new Pricing(row.flag("included"), row.instant("from_at")));
    }

    /** Returns all rates. */
    public List<Rate> rates() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                "select place, category, percent, parts, from_day from tax_rate order by place, category, from_day desc",
                row -> new Rate(
                        row.text("place"),
                        row.text("category"),
                        row.decimal("percent"),
                        TaxComponents.of(row.text("parts")),
                        row.date("from_day")));
    }

    /**
     * Registers the reseller for collecting tax in a place from a day on.
     *
     * @param country or a region of it after a dash
     */
    public Outcome register(String country, String number, Scheme scheme, LocalDate from) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var seller = seller();
        if (seller.isEmpty()) {
            return Outcome.SELLER;
        }
        if (!TaxRateImport.isPlace(country) || !hasRate(country)) {
            return Outcome.COUNTRY;
        }
        if (number.isBlank() || number.strip().length() > NUMBER_MAX) {
            return Outcome.NUMBER;
        }
        if (!isFit(country, scheme, seller.get())) {
            return Outcome.SCHEME;
        }
        if (!isFree(from)) {
            return Outcome.FROM;
        }
        if (registrations().stream()
                .filter(one -> one.country().equals(country) && one.scheme() == scheme)
                .anyMatch(one ->
                        one.until().filter(end -> !end.isAfter(beginning(from))).isEmpty())) {
            return Outcome.UNCHANGED;
        }
        openAccounts();
        var isNew = sql.update(
                        """
                        insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict on constraint tax_registration_once_uq do nothing
                        """,
                        country,
                        number.strip(),
                        scheme,
                        beginning(from),
                        clock.instant(),
                        Actors.require().name())
                == 1;
        if (!isNew) {
            return Outcome.UNCHANGED;
        }
        audit.record(
                "tax.registered",
                "tenant",
                "tax",
                Map.of("country", country, "number", number.strip(), "scheme", scheme, "from", from));
        return Outcome.DONE;
    }

    /**
     * Ends the collection of tax in a place from a day on.
     *
     * @param registrationId of one of {@link #registrations}
     */
    public Outcome deregister(long registrationId, LocalDate from) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var there = registrations().stream()
                .filter(one -> one.id() == registrationId)
                .findFirst()
                .orElseThrow(() -> new NotFoundException("registration", Long.toString(registrationId)));
        if (!isFree(from) || !beginning(from).isAfter(there.from())) {
            return Outcome.FROM;
        }
        var isNew = sql.update(
                        """
                        insert into tax_registration_end (registration_id, until_at, recorded_at, recorded_by) values (?, ?, ?, ?)
                        on conflict on constraint tax_registration_end_pk do nothing
                        """,
                        registrationId,
                        beginning(from),
                        clock.instant(),
                        Actors.require().name())
                == 1;
        if (!isNew) {
            return Outcome.UNCHANGED;
        }
        audit.record(
                "tax.deregistered",
                "tenant",
                "tax",
                Map.of("country", there.country(), "scheme", there.scheme(), "from", from));
        return Outcome.DONE;
    }

    /** Opens the ledger accounts for taxed sales and documents; the database expects these accounts and does not create them. */
    private void openAccounts() {
        var currency = tenants.current().currency();
        for (var kind : List.of(AccountKind.TAX, AccountKind.ROUNDING)) {
            var unused = ledger.account(kind, currency);
        }
    }

    private boolean isFit(String country, Scheme scheme, String seller) {
        return switch (scheme) {
            case DOMESTIC -> true;
            // Neither scheme exists for regions.
            case OSS -> EuropeanUnion.contains(country);
            case SMALL_BUSINESS -> country.equals(seller);
        };
    }

    /** Sets whether prices include tax from a day on. */
    public Outcome price(boolean isIncluded, LocalDate from) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (!isFree(from)) {
            return Outcome.FROM;
        }
        sql.update(
                "insert into tax_pricing (included, from_at, recorded_at, recorded_by) values (?, ?, ?, ?)",
                isIncluded,
                beginning(from),
                clock.instant(),
                Actors.require().name());
        audit.record("tax.pricing_changed", "tenant", "tax", Map.of("included", isIncluded, "from", from));
        return Outcome.DONE;
    }

    /** Sets the rate that applies from a day on, until the next. */
    public Outcome rate(Rate rate) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (!TaxRateImport.isPlace(rate.place())) {
            return Outcome.COUNTRY;
        }
        if (!TaxRateImport.isCategory(rate.category())) {
            return Outcome.CATEGORY;
        }
        if (!TaxRateImport.isPercent(rate.percent())) {
            return Outcome.PERCENT;
        }
        if (!isFree(rate.place(), rate.from())) {
            return Outcome.FROM;
        }
        if (!write(rate)) {
            return Outcome.UNCHANGED;
        }
        audit.record(
                "tax.rate_noted",
                "tenant",
                "tax",
                Map.of(
                        "place", rate.place(),
                        "category", rate.category(),
                        "percent", rate.percent().toPlainString(),
                        "from", rate.from()));
        return Outcome.DONE;
    }

    /** Writes a rate, if there is none for that place, category and day. */
    private boolean write(Rate rate) {
        return sql.update(
                        """
                        insert into tax_rate (place, category, percent, parts, from_day, recorded_at, recorded_by)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict on constraint tax_rate_once_uq do nothing
                        """,
                        rate.place(),
                        rate.category(),
                        rate.percent(),
                        rate.split().text(),
                        rate.from(),
                        clock.instant(),
                        Actors.require().name())
                == 1;
    }

    /**
     * Imports a table of rates, all of it or nothing. Idempotent.
     *
     * @param text lines such as {@code US-CA;STANDARD;7.25;2026-01-01}, or one for each tax, {@code CA-QC;STANDARD;QST;9.975;2026-01-01}
     */
    public Imported take(String text) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var table = TaxRateImport.of(text);
        var faults = new ArrayList<>(table.faults());
        var fresh = new ArrayList<Rate>();
        // Another import of a table waits for this lock, so changes found here are still changes when they are written.
        sql.one("select 1 as one from (select lock_invoice_policy()) l", row -> row.whole("one"));
        var before = rates().stream().collect(Collectors.toMap(Known::of, rate -> rate));
        for (var row : table.rows()) {
            var rate = new Rate(row.place(), row.category(), row.percent(), row.split(), row.from());
            var known = before.get(Known.of(rate));
            if (known == null && isFree(rate.place(), rate.from())) {
                fresh.add(rate);
            } else if (known == null) {
                faults.add(new TaxRateImport.Fault(row.line(), TaxRateImport.Kind.FROM));
            } else if (known.percent().compareTo(rate.percent()) != 0
                    || !known.split().equals(rate.split())) {
                faults.add(new TaxRateImport.Fault(row.line(), TaxRateImport.Kind.KNOWN));
            }
        }
        if (faults.isEmpty()) {
            for (var rate : fresh) {
                if (!write(rate)) {
                    throw new IllegalStateException("another rate was written concurrently: " + rate);
                }
            }
            if (!fresh.isEmpty()) {
                audit.record("tax.rates_imported", "tenant", "tax", Map.of("rates", fresh.size()));
            }
        }
        return new Imported(
                faults.isEmpty() ? fresh.size() : 0,
                table.rows().size() - fresh.size(),
                faults.stream()
                        .sorted(Comparator.comparing(TaxRateImport.Fault::line))
                        .map(fault -> new Faulty(fault.line(), fault.kind().name()))
                        .toList());
    }

    private record Known(String place, String category, LocalDate from) {
        static Known of(Rate rate) {
            return new Known(rate.place(), rate.category(), rate.from());
        }
    }

    /** Returns the tax status of an organization. */
    public CustomerTaxStatus status(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return latest(organizationId);
    }

    /**
     * Sets the tax status of an organization from now on, with its evidence. The resulting tax applies to its services from their next hour on,
     * and changes again at the end of an exemption.
     *
     * @throws NotFoundException if there is none
     */
    public Outcome note(UUID organizationId, TaxCustomer.Status status, Proof proof) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        var text = proof.text().strip();
        if ((status != TaxCustomer.Status.CONSUMER && text.isEmpty()) || text.length() > EVIDENCE_MAX) {
            return Outcome.EVIDENCE;
        }
        var before = latest(organizationId);
        var isExempt = status == TaxCustomer.Status.EXEMPT;
        if (isExempt && proof.until().filter(day -> day.isBefore(today())).isPresent()) {
            return Outcome.UNTIL;
        }
        if (isExempt && proof.file().isEmpty() && before.document().isEmpty()) {
            return Outcome.DOCUMENT;
        }
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
    public ExemptionCertificate document(UUID id) {
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
    public void moved(@Observes TaxLocationChanged event) {
        if (event.isNumberChanged() && latest(event.organizationId()).status() == TaxCustomer.Status.BUSINESS) {
            write(event.organizationId(), TaxCustomer.Status.CONSUMER, "", Optional.empty(), Optional.empty());
        }
        retax(event.organizationId());
    }

    /**
     * Handles a changed answer from VIES: the organization becomes a business, or is no longer one. An exempt one stays exempt. An answer for a
     * number that has been replaced in the meantime is no evidence.
     */
    public void checked(@Observes VatNumberVerified event) {
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
        var end = until.map(day -> beginning(day.plusDays(1)));
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
        audit.record("tax.status_noted", "organization", organizationId.toString(), facts);
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

    private Optional<String> seller() {
        return sql.first("select country from invoice_seller_v order by id desc limit 1", row -> row.text("country"));
    }

    /** Whether any rate applies there: categories without a separate rate have the standard one. */
    private boolean hasRate(String place) {
        return sql.one(
                "select exists (select from tax_rate where place = ? and category = ?) as known",
                row -> row.flag("known"),
                place,
                TaxRates.STANDARD);
    }

    /**
     * Whether nothing that starts on a day has been charged yet: open rated periods follow the rules at the start of each month; if none is
     * open and none was charged after the day, any day is possible.
     */
    private boolean isFree(LocalDate from) {
        var at = beginning(from);
        if (from.getDayOfMonth() == 1 && at.isAfter(clock.instant())) {
            return true;
        }
        return !sql.one(
                "select exists (select from rated_period where open or charged_until > ?) as charged",
                row -> row.flag("charged"),
                at);
    }

    /** Whether a rate may start on a day; also if nothing was ever taxed at rates of that place, so that no hour has a different one. */
    private boolean isFree(String place, LocalDate from) {
        return isFree(from)
                || !sql.one(
                        "select exists (select from applied_tax where place = ? and treatment = 'TAXED') as taxed",
                        row -> row.flag("taxed"),
                        place);
    }

    private Instant beginning(LocalDate day) {
        return day.atStartOfDay(tenants.current().zone()).toInstant();
    }
}
