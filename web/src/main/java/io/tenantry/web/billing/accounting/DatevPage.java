package io.tenantry.web.billing.accounting;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.billing.accounting.AccountingQuery;
import io.tenantry.billing.accounting.DatevBatch;
import io.tenantry.billing.accounting.DatevChart;
import io.tenantry.billing.accounting.DatevExport;
import io.tenantry.billing.accounting.DatevExport.Outcome;
import io.tenantry.billing.accounting.DatevSettings;
import io.tenantry.billing.accounting.DatevSettings.Fault;
import io.tenantry.billing.accounting.DatevSettings.Field;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.DayFields;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger of a period for DATEV: the movements in the file by account, and the reseller's account numbers. */
@Named
@RequestScoped
public class DatevPage {
    private static final String HERE = "/staff/datev";
    private static final String FORM = "terms:";
    private static final int DIGITS = 4;

    @Inject
    CurrentPerson me;

    @Inject
    WorkLimits limits;

    @Inject
    DatevExport datev;

    @Inject
    AccountingQuery accountingQuery;

    @Inject
    Format format;

    @Inject
    Language language;

    @Inject
    DayFields dayFields;

    private String from = "";
    private String to = "";
    private @Nullable AccountingPeriod days;
    private List<DatevBatch.Balance> balances = List.of();
    private String why = "";
    private boolean isReady;
    private String consultant = "";
    private String client = "";
    private String chart = DatevChart.SKR03.name();
    private String yearBegins = "1";
    private String digits = Integer.toString(DIGITS);
    private Map<String, String> accounts = new HashMap<>();

    /** Loads the period and the numbers in force, if they may be viewed. */
    public void open() {
        PageResult.load(() -> {
            if (!datev.isOffered()) {
                throw new NotFoundException("export", "for books in another currency than euros");
            }
            datev.terms().ifPresentOrElse(this::show, () -> propose(DatevChart.SKR03));
            preview();
        });
    }

    private void preview() {
        if (dayFields.isFaulty()) {
            why = dayFields.getFault();
            return;
        }
        var days = getDays();
        var outcome = limits.within(HeavyWork.EXPORT, () -> datev.export(days));
        if (outcome instanceof Outcome.Ready ready) {
            isReady = true;
            balances = ready.batch().balances();
        }
        if (outcome instanceof Outcome.Refused refused) {
            why = why(refused.faults());
        }
    }

    private String why(List<Fault> faults) {
        var unnamed = faults.stream()
                .filter(fault -> fault.field() == Field.ACCOUNT)
                .flatMap(fault -> fault.account().stream())
                .map(this::name)
                .toList();
        return unnamed.isEmpty()
                ? faults.stream().map(this::text).collect(Collectors.joining(" "))
                : format.text("datev.none.accounts", String.join(", ", unnamed));
    }

    private String text(Fault fault) {
        return format.text(
                "datev.fault." + fault.field(),
                fault.account().map(this::name).orElse(""),
                fault.other().map(this::name).orElse(""));
    }

    private String name(AccountKind kind) {
        return format.text("accounting.account." + kind);
    }

    private void show(DatevSettings terms) {
        consultant = Integer.toString(terms.consultant());
        client = Integer.toString(terms.client());
        chart = terms.chart().name();
        yearBegins = Integer.toString(terms.yearBegins());
        digits = Integer.toString(terms.digits());
        put(terms.accounts());
    }

    private void propose(DatevChart known) {
        chart = known.name();
        put(known.accounts(number(digits)));
    }

    private void put(Map<AccountKind, String> numbers) {
        accounts = new HashMap<>();
        numbers.forEach((kind, number) -> accounts.put(kind.name(), number));
    }

    /** Fills the fields with the proposals of the chosen chart of accounts; nothing is saved yet. */
    public void fill() {
        propose(DatevChart.named(chart).orElse(DatevChart.SKR03));
        preview();
    }

    /** Saves the reseller's account numbers. */
    public void save() {
        var numbers = new EnumMap<AccountKind, String>(AccountKind.class);
        for (var kind : AccountKind.values()) {
            var number =
                    Objects.requireNonNullElse(accounts.get(kind.name()), "").strip();
            if (!number.isEmpty()) {
                numbers.put(kind, number);
            }
        }
        var faults = datev.change(new DatevSettings(
                number(consultant),
                number(client),
                DatevChart.named(chart).orElse(DatevChart.SKR03),
                number(yearBegins),
                number(digits),
                numbers));
        if (faults.isEmpty()) {
            PageResult.go(
                    HERE + "?from=" + getDays().from() + "&to=" + getDays().to(), format.text("datev.saved"));
        } else {
            faults.forEach(this::showFault);
            preview();
        }
    }

    private void showFault(Fault fault) {
        var text = text(fault);
        switch (fault.field()) {
            case CONSULTANT -> PageResult.refuse(FORM + "consultant", text);
            case CLIENT -> PageResult.refuse(FORM + "client", text);
            case YEAR -> PageResult.refuse(FORM + "year", text);
            case DIGITS -> PageResult.refuse(FORM + "digits", text);
            case ACCOUNT, ZERO, SHARED -> fault.account().ifPresent(kind -> PageResult.refuse(FORM + kind, text));
            case DAYS, TERMS, CURRENCY -> PageResult.refuse(text);
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** Returns the period of the file. */
    public AccountingPeriod getDays() {
        var known = days;
        if (known == null) {
            known = accountingQuery.days(
                    ListQuery.of(1).with(AccountingPeriod.FROM, from).with(AccountingPeriod.TO, to));
            days = known;
        }
        return known;
    }

    /** Whether a file of this period is available. */
    public boolean isReady() {
        return isReady;
    }

    /** Returns the reason why there is no file of this period. */
    public String getWhy() {
        return why;
    }

    /** Returns the movements in the file by account. */
    public List<DatevBatch.Balance> getBalances() {
        return balances;
    }

    /** Returns an amount of the file, or of the ledger, as money. */
    public Money money(BigDecimal amount) {
        return Money.of(amount.toPlainString(), "EUR");
    }

    /** Returns the kinds of ledger account that an account of the chart stands for. */
    public String kinds(String number) {
        return String.join(
                ", ",
                Arrays.stream(AccountKind.values())
                        .filter(kind -> number.equals(accounts.get(kind.name())))
                        .map(kind -> format.text("accounting.account." + kind))
                        .toList());
    }

    /** Whether the user may change the numbers. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** Returns the available charts of accounts. */
    public List<DatevChart> getCharts() {
        return List.of(DatevChart.values());
    }

    /** Returns the months of a year. */
    public List<Month> getMonths() {
        return List.of(Month.values());
    }

    /** Returns the name of a month. */
    public String month(Month month) {
        return month.getDisplayName(TextStyle.FULL_STANDALONE, language.getLocale());
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = Objects.requireNonNullElse(from, "");
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = Objects.requireNonNullElse(to, "");
    }

    public String getConsultant() {
        return consultant;
    }

    public void setConsultant(@Nullable String consultant) {
        this.consultant = Objects.requireNonNullElse(consultant, "");
    }

    public String getClient() {
        return client;
    }

    public void setClient(@Nullable String client) {
        this.client = Objects.requireNonNullElse(client, "");
    }

    public String getChart() {
        return chart;
    }

    public void setChart(@Nullable String chart) {
        this.chart = Objects.requireNonNullElse(chart, "");
    }

    public String getYearBegins() {
        return yearBegins;
    }

    public void setYearBegins(@Nullable String yearBegins) {
        this.yearBegins = Objects.requireNonNullElse(yearBegins, "");
    }

    public String getDigits() {
        return digits;
    }

    public void setDigits(@Nullable String digits) {
        this.digits = Objects.requireNonNullElse(digits, "");
    }

    public Map<String, String> getAccounts() {
        return accounts;
    }
}
