package io.tenantry.billing.accounting;

import io.tenantry.billing.accounting.DatevSettings.Fault;
import io.tenantry.billing.accounting.DatevSettings.Field;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Exports the ledger of a period as a file that accountants import into DATEV, and keeps the reseller's DATEV settings. */
@Stateless
public class DatevExport {
    private static final String EURO = "EUR";

    /** Reads each posting up to the last day once; everything before the first day is one sum for each kind of account. */
    private static final String PARTS = """
            select case when e.effective_at > ? then ((e.effective_at - interval '1 microsecond') at time zone ?)::date::text
                   end as day,
                   case when e.effective_at > ? then e.kind else '' end as kind,
                   case when e.effective_at > ? then substring(e.source from '^[^:]*:?') else '' end as source,
                   a.kind as account, sum(p.amount) as amount
              from journal_entry e
              join posting p on p.entry_id = e.id
              join ledger_account a on a.id = p.account_id
             where e.effective_at <= ? and a.currency = ?
             group by 1, 2, 3, 4
            """;

    private static final Pattern LISTED = Pattern.compile("(?<![A-Z_])([A-Z_]++)=([0-9]++)");

    private static final String TERMS = """
            select t.*, array(select a.kind || '=' || a.number from datev_account a where a.terms_id = t.id)::text as accounts
              from datev_settings t
             order by t.id desc
             limit 1
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public DatevExport() {}

    /** For use outside a container. */
    DatevExport(Sql sql, Access access, AuditTrail audit, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
        this.tenants = tenants;
    }

    /** Outcome of an export. */
    public sealed interface Outcome {
        /** The file is ready. */
        record Ready(DatevBatch batch, byte[] file, String name) implements Outcome {}

        /** Something is missing or does not fit. */
        record Refused(List<Fault> faults) implements Outcome {}
    }

    /** Whether the export is offered: DATEV books euros, so it is only available to resellers whose ledger is in euros. */
    public boolean isOffered() {
        return tenants.current().currency().getCurrencyCode().equals(EURO);
    }

    /** Returns the reseller's DATEV settings, if they have been entered. */
    public Optional<DatevSettings> terms() {
        requireView();
        return known();
    }

    private Optional<DatevSettings> known() {
        return sql.first(
                TERMS,
                row -> new DatevSettings(
                        row.whole("consultant"),
                        row.whole("client"),
                        DatevChart.valueOf(row.text("chart")),
                        row.whole("year_begins"),
                        row.whole("digits"),
                        accounts(row.text("accounts"))));
    }

    /** Parses a list such as {@code {CASH=1800,TAX=3800}}. */
    private static Map<AccountKind, String> accounts(String list) {
        return LISTED.matcher(list)
                .results()
                .collect(Collectors.toMap(one -> AccountKind.valueOf(one.group(1)), one -> one.group(2)));
    }

    /** Saves the reseller's settings, which apply to files from now on. Returns their faults; if there are any, nothing is changed. */
    public List<Fault> change(DatevSettings terms) {
        requireView();
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var faults = terms.faults();
        if (!faults.isEmpty() || known().filter(terms::equals).isPresent()) {
            return faults;
        }
        var id = sql.one(
                """
                insert into datev_settings (consultant, client, chart, year_begins, digits, recorded_at, recorded_by)
                values (?, ?, ?, ?, ?, ?, ?) returning id
                """,
                row -> row.big("id"),
                terms.consultant(),
                terms.client(),
                terms.chart().name(),
                terms.yearBegins(),
                terms.digits(),
                clock.instant(),
                Actors.require().name());
        terms.accounts()
                .forEach((kind, number) -> sql.update(
                        "insert into datev_account (terms_id, kind, number) values (?, ?, ?)",
                        id,
                        kind.name(),
                        number));
        audit.record("accounting.datev_changed", "tenant", "books", Map.of("terms", terms.toString()));
        return faults;
    }

    /** Returns the file of a period, or the reasons why there is none. */
    public Outcome export(AccountingPeriod days) {
        requireView();
        if (!EURO.equals(tenants.current().currency().getCurrencyCode())) {
            return refused(Field.CURRENCY);
        }
        var known = known();
        if (known.isEmpty()) {
            return refused(Field.TERMS);
        }
        var terms = known.get();
        var faults = terms.faults();
        if (!faults.isEmpty()) {
            return new Outcome.Refused(faults);
        }
        if (!terms.yearOf(days.from()).equals(terms.yearOf(days.to()))) {
            return refused(Field.DAYS);
        }
        var parts = parts(days);
        var missing = Stream.concat(parts.stream().map(DatevBatch.Part::account), Stream.of(AccountKind.ROUNDING))
                .distinct()
                .filter(kind -> !terms.accounts().containsKey(kind))
                .sorted()
                .map(Fault::of)
                .toList();
        if (!missing.isEmpty()) {
            return new Outcome.Refused(missing);
        }
        var batch = DatevBatch.of(parts, terms.accounts());
        var made = LocalDateTime.ofInstant(clock.instant(), tenants.current().zone());
        var name = "EXTF_Buchungsstapel_" + days.from() + "_" + days.to() + ".csv";
        return new Outcome.Ready(batch, DatevFile.of(batch, terms, days, made), name);
    }

    private static Outcome refused(Field field) {
        return new Outcome.Refused(List.of(Fault.of(field)));
    }

    private List<DatevBatch.Part> parts(AccountingPeriod days) {
        var zone = tenants.current().zone();
        var after = days.after(zone);
        return sql.query(
                PARTS,
                row -> new DatevBatch.Part(
                        row.maybeText("day").map(LocalDate::parse),
                        row.text("kind"),
                        EntryOrigin.of(row.text("source")),
                        AccountKind.valueOf(row.text("account")),
                        row.decimal("amount")),
                after,
                zone.getId(),
                after,
                after,
                days.until(zone),
                EURO);
    }

    private void requireView() {
        access.require(Permission.STAFF_BILLING_VIEW);
        access.require(Permission.STAFF_ACCOUNTING_VIEW);
    }
}
