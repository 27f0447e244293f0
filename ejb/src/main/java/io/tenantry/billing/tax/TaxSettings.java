package io.tenantry.billing.tax;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A reseller's tax settings: where tax is collected, and whether prices include it. Nothing is ever changed: a setting applies from a moment on,
 * and earlier charges keep their tax. Rates are in {@link TaxRateSettings}, customers in {@link CustomerTaxStatuses}.
 */
@Stateless
public class TaxSettings {
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

    /** Outcome of a change. */
    public enum Outcome {
        DONE,
        /** There is such a registration, with its number, which has not ended by then. */
        REGISTERED,
        /** The end of the registration is already set. */
        ENDED,
        /** There is no such country, or no rate applies there on that day. */
        COUNTRY,
        /** The number is missing or too long. */
        NUMBER,
        /** It must apply from the start of a future month, or from a day without charges. */
        FROM,
        /** The reseller's details have not been entered. */
        SELLER,
        /** OSS requires a registration in the EU, and a small business must be in its own country. */
        SCHEME
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
        // The withdrawal of a rate waits for this lock, so the rate found here stays.
        dates().lock();
        if (!TaxRateImport.isPlace(country) || !hasRate(country, from)) {
            return Outcome.COUNTRY;
        }
        if (number.isBlank() || number.strip().length() > NUMBER_MAX) {
            return Outcome.NUMBER;
        }
        if (!isFit(country, scheme, seller.get())) {
            return Outcome.SCHEME;
        }
        if (!dates().isFree(from)) {
            return Outcome.FROM;
        }
        if (registrations().stream()
                .filter(one -> one.country().equals(country) && one.scheme() == scheme)
                .anyMatch(one -> one.until()
                        .filter(end -> !end.isAfter(dates().startOf(from)))
                        .isEmpty())) {
            return Outcome.REGISTERED;
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
                        dates().startOf(from),
                        clock.instant(),
                        Actors.require().name())
                == 1;
        if (!isNew) {
            return Outcome.REGISTERED;
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
        if (!dates().isFree(from) || !dates().startOf(from).isAfter(there.from())) {
            return Outcome.FROM;
        }
        var isNew = sql.update(
                        """
                        insert into tax_registration_end (registration_id, until_at, recorded_at, recorded_by) values (?, ?, ?, ?)
                        on conflict on constraint tax_registration_end_pk do nothing
                        """,
                        registrationId,
                        dates().startOf(from),
                        clock.instant(),
                        Actors.require().name())
                == 1;
        if (!isNew) {
            return Outcome.ENDED;
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
    public Outcome setPricing(boolean isIncluded, LocalDate from) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (!dates().isFree(from)) {
            return Outcome.FROM;
        }
        sql.update(
                "insert into tax_pricing (included, from_at, recorded_at, recorded_by) values (?, ?, ?, ?)",
                isIncluded,
                dates().startOf(from),
                clock.instant(),
                Actors.require().name());
        audit.record("tax.pricing_changed", "tenant", "tax", Map.of("included", isIncluded, "from", from));
        return Outcome.DONE;
    }

    private Optional<String> seller() {
        return sql.first("select country from invoice_seller_v order by id desc limit 1", row -> row.text("country"));
    }

    /** Whether a rate applies there on a day: categories without a separate rate have the standard one. */
    private boolean hasRate(String place, LocalDate day) {
        return sql.one("""
                select exists (select from tax_rate
                                where place = ? and category = ? and from_day <= ? and withdrawn_at is null) as known
                """, row -> row.flag("known"), place, TaxRates.STANDARD, day);
    }

    private TaxEffectiveDates dates() {
        return new TaxEffectiveDates(sql, clock, tenants);
    }
}
