package io.tenantry.web.portal;

import io.tenantry.billing.wallet.DailyAmounts;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provisioning.OperationInProgress;
import io.tenantry.cloud.provisioning.PendingPowerAction;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.ListAddress;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Labels for wallets, services and their charges. */
@RequestScoped
@Named("words")
public class PortalLabels {
    private static final int MIB_A_GIB = 1024;
    private static final BigDecimal MINUTES_AN_HOUR = BigDecimal.valueOf(60);

    /** Charges below this amount are shown with the decimals of a rate. */
    private static final BigDecimal CENTS = new BigDecimal("0.1");

    /** The maximum runway that is shown; beyond it no one plans. */
    private static final Duration RUNWAY_MAX = Duration.ofDays(3650);

    private static final String ROUNDING = "invoice-rounding";

    /** The prefixes of the sources of entries that are lines of documents. */
    private static final Set<String> BILLED = Set.of(
            "transfer", "transfer-pack", "discrepancy", "addon-discrepancy", "late-fee", "credit-note", "debit-note");

    @Inject
    Format format;

    @Inject
    Clock clock;

    /** Returns a plan's size: 4 vCPU · 8 GB · 160 GB. */
    public String size(Plan.Size size) {
        return format.text("size.line", size.vcpus(), memory(size), gigabytes(size.diskGib()));
    }

    /** Returns the memory in its customary unit. */
    public String memory(Plan.Size size) {
        return size.memoryMib() % MIB_A_GIB == 0
                ? gigabytes(size.memoryMib() / MIB_A_GIB)
                : format.text("size.mb", size.memoryMib());
    }

    /** Returns gigabytes, or terabytes if that is shorter. */
    public String gigabytes(int gib) {
        return gib >= MIB_A_GIB && gib % (MIB_A_GIB / 2) == 0
                ? format.text("size.tb", new BigDecimal(gib).divide(BigDecimal.valueOf(MIB_A_GIB)))
                : format.text("size.gb", gib);
    }

    /** Returns the transfer that a plan includes per month, or that it is unlimited. */
    public String transfer(Plan.Size size) {
        return size.transferUnlimited() ? format.text("size.unlimited") : gigabytes(size.transferGib());
    }

    /** Returns the same as a part of a line. */
    public String transferLine(Plan.Size size) {
        return size.transferUnlimited()
                ? format.text("size.transfer.line.unlimited")
                : format.text("size.transfer.line", gigabytes(size.transferGib()));
    }

    /** Returns names as a list in one text. */
    public String list(List<String> names) {
        return String.join(", ", names);
    }

    /** Returns when the wallet runs out at its current hourly cost, at most ten years ahead; null if nothing runs. */
    public @Nullable Instant runsOut(Wallets.Balance wallet) {
        return runsOut(wallet.balance(), wallet.burnPerHour());
    }

    /** Returns when an amount runs out at an hourly cost, at most ten years ahead; null if the cost is not positive. */
    public @Nullable Instant runsOut(Money balance, Money perHour) {
        if (!perHour.isPositive()) {
            return null;
        }
        var minutes =
                balance.amount().max(BigDecimal.ZERO).multiply(MINUTES_AN_HOUR).divideToIntegralValue(perHour.amount());
        return minutes.compareTo(BigDecimal.valueOf(RUNWAY_MAX.toMinutes())) > 0
                ? clock.instant().plus(RUNWAY_MAX)
                : clock.instant().plus(Duration.ofMinutes(minutes.longValue()));
    }

    /** Returns how long an amount lasts at an hourly cost, in a few words. */
    public String runway(Money balance, Money perHour) {
        if (spent(balance, perHour)) {
            return format.text("runway.empty");
        }
        var until = runsOut(balance, perHour);
        return until == null ? "\u2013" : format.span(Duration.between(clock.instant(), until));
    }

    /** Returns the amount reserved for services in preparation; empty if there is none. */
    public String held(Wallets.Balance wallet) {
        return wallet.held().isPositive() ? format.text("wallet.held", format.money(wallet.held())) : "";
    }

    /** Returns whether nothing is left while services run or a debt exists. */
    public boolean spent(Wallets.Balance wallet) {
        return spent(wallet.balance(), wallet.burnPerHour());
    }

    /** Does the same as {@link #spent(Wallets.Balance)}. */
    public boolean spent(Money balance, Money perHour) {
        return balance.isNegative() || (!balance.isPositive() && perHour.isPositive());
    }

    /** Returns the state of a wallet: ok, low, zero, over-limit. */
    public String alert(Wallets.BalanceStatus balanceStatus) {
        return balanceStatus == Wallets.BalanceStatus.EMPTY
                ? "zero"
                : balanceStatus.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the label of a name within a kind: a role, a state. */
    public String of(String kind, String name) {
        return format.text(kind + "." + name);
    }

    /** Returns an estimate of a month at an hourly cost. */
    public Money month(Money perHour) {
        return new HourlyRate(perHour).times(HourlyRate.HOURS_A_MONTH);
    }

    /** Returns the subject of a statement line. */
    public String line(WalletStatements.StatementLine statementLine) {
        if (statementLine.source().startsWith("discrepancy:")) {
            return owner("line.outage-credit", statementLine.about());
        }
        if (statementLine.source().startsWith("addon-discrepancy:")) {
            return format.text("line.addon-outage-credit");
        }
        if (statementLine.source().startsWith("transfer-pack:")) {
            return owner("line.transfer-pack", statementLine.about().map(gib -> gigabytes(Integer.parseInt(gib))));
        }
        if (statementLine.source().startsWith("credit-note:")) {
            return format.text("line.credit-note");
        }
        if (statementLine.source().startsWith("debit-note:")) {
            return format.text("line.debit-note");
        }
        if (statementLine.source().startsWith("tax-correction:")) {
            return format.text("line.tax-correction");
        }
        if (statementLine.source().equals("write-off")) {
            return format.text("line.write-off");
        }
        if (statementLine.source().equals(ROUNDING)) {
            return format.text("line.invoice-rounding");
        }
        if (statementLine.source().startsWith("transfer:")) {
            return owner("line.transfer", statementLine.about());
        }
        if (!statementLine.kind().equals("CHARGE")) {
            return format.text("line." + statementLine.kind().toLowerCase(Locale.ROOT));
        }
        if (statementLine.source().startsWith("service:")) {
            var what = statementLine.source().split(":", -1);
            var thing = statementLine
                    .about()
                    .map(name -> statementLine.isOfBackups() ? format.text("line.backups", name) : name);
            return owner("line.service." + (what.length > 2 ? what[2] : "until"), thing);
        }
        return format.text(
                "line.hour",
                format.formats().time(statementLine.at().minus(1, ChronoUnit.HOURS)),
                format.formats().time(statementLine.at()));
    }

    /** Returns the label of a line, and its subject if that is known. */
    private String owner(String key, Optional<String> about) {
        return about.map(name -> format.text(key + ".of", name)).orElseGet(() -> format.text(key));
    }

    /** Returns the subject of a statement row. */
    public String row(Statement.Row row) {
        return row.isSum() ? format.text("line.hours", row.hours()) : line(row.line());
    }

    /** Returns the entered reason of a row; reasons generated by the ledger are not shown. */
    public String reason(Statement.Row row) {
        return row.isSum() || row.line().source().equals(ROUNDING)
                ? ""
                : row.line().reason().orElse("");
    }

    /** Returns whether a statement line has a breakdown. */
    public boolean explained(WalletStatements.StatementLine statementLine) {
        return statementLine.kind().equals("CHARGE");
    }

    /** Returns whether a statement line is part of a document, or will be. */
    public boolean billed(WalletStatements.StatementLine statementLine) {
        return BILLED.contains(statementLine.source().split(":", 2)[0]);
    }

    /** Returns the address of the hours that a statement row sums up. */
    public String hours(ListAddress statement, Statement.Row row) {
        var day = row.day().toString();
        return statement.with(Map.of(Statement.FROM, day, Statement.TO, day, Statement.BY, Statement.HOUR));
    }

    /**
     * Returns the amount of a row: exact among hours, rounded among days, but never as zero when it is not.
     *
     * @param byHour whether hours are shown individually
     */
    public String amount(Statement.Row row, boolean byHour) {
        if (byHour) {
            return format.exactly(row.amount(), row.decimals(), true);
        }
        if (!row.line().kind().equals("CHARGE")) {
            return format.money(row.amount(), false, true);
        }
        return small(row.amount());
    }

    /** Returns an amount with its sign, and with a rate's decimals if it would otherwise look like almost nothing. */
    public String small(Money amount) {
        return amount.amount().abs().compareTo(CENTS) < 0 ? format.rate(amount) : format.money(amount, false, true);
    }

    /** Returns whether a line is for an hour that identifies itself. */
    public boolean hourly(WalletStatements.StatementLine statementLine) {
        return Statement.isHour(statementLine);
    }

    /** Returns the icon of a line. */
    public String lineIcon(WalletStatements.StatementLine statementLine) {
        return switch (statementLine.kind()) {
            case "CREDIT" -> "down";
            case "DEBIT" -> "up";
            case "REVERSAL" -> "refresh";
            default -> "clock";
        };
    }

    /** Returns the action in progress on a service's server; empty if there is none. */
    public String meanwhile(Services.Summary service) {
        return service.switching()
                .map(PendingPowerAction::word)
                .or(() -> service.changing().map(OperationInProgress::word))
                .map(this::doing)
                .orElse("");
    }

    /** Returns the label of an action in progress on a server. */
    public String doing(String word) {
        return format.text("service.power.doing." + word);
    }

    /** Returns the label of a wallet's threshold event. */
    public String thresholdEvent(WalletStatements.ThresholdCrossed thresholdCrossed) {
        return format.text("wallet-event." + thresholdCrossed.kind().toLowerCase(Locale.ROOT));
    }

    /** Returns the days of a month beside those of the previous month, as a chart. */
    public BarChart bars(DailyAmounts daily) {
        return bars(daily, day -> "");
    }

    /** Returns the same chart; each day of this month links to its charges. */
    public BarChart spentBars(DailyAmounts daily, UUID wallet) {
        return bars(daily, day -> spentOn("/portal", wallet, day));
    }

    /** Returns the address of a charge's breakdown. */
    public String charged(String place, UUID wallet, WalletStatements.StatementLine statementLine) {
        return place + "/charge?wallet=" + wallet + "&entry=" + statementLine.entryId();
    }

    /**
     * Returns the address of the page of a charged resource.
     *
     * @param kind {@code SERVER}, or the kind of the add-on
     */
    public static String pageOf(String place, String kind, UUID thing, UUID server) {
        return place
                + switch (kind) {
                    case "VOLUME" -> "/volume?id=" + thing;
                    case "SNAPSHOT" -> "/snapshot?id=" + thing;
                    case "BACKUP" -> "/service-backups?id=" + server;
                    case "ADDRESS" -> "/service-network?id=" + server;
                    default -> "/service?id=" + thing;
                };
    }

    /** Returns the address of the breakdown of a day's charges. */
    public static String spentOn(String place, UUID wallet, LocalDate day) {
        return place + "/charge?wallet=" + wallet + "&day=" + day;
    }

    /** Returns the same chart; each day of this month links to its part of the reseller's revenue. */
    public BarChart revenueBars(DailyAmounts daily) {
        return bars(daily, PortalLabels::revenueOf);
    }

    /** Returns the address of the breakdown of a day's revenue. */
    public static String revenueOf(LocalDate day) {
        return "/staff/revenue?from=" + day + "&to=" + day;
    }

    private BarChart bars(DailyAmounts daily, Function<LocalDate, String> href) {
        var values = daily.days().stream()
                .map(day -> bar(day, href.apply(day.date())))
                .toList();
        return BarChart.of(values, amount -> format.money(new Money(amount, daily.currency())));
    }

    /** Returns the value of a day. An upward correction is added to its day; a downward one is drawn separately, so that it hides nothing. */
    private BarChart.Value bar(DailyAmounts.Day day, String href) {
        var zero = Money.zero(day.now().currency());
        var isEmpty = day.now().isZero() && day.correction().isZero();
        return new BarChart.Value(
                format.formats().dayMonth(day.date()),
                day.now().plus(day.correction().max(zero)).amount(),
                day.then().amount(),
                day.correction().min(zero).amount(),
                "",
                isEmpty ? "" : href);
    }

    /** Returns whether anything was credited this month, which is drawn separately. */
    public boolean credits(DailyAmounts daily) {
        return daily.days().stream().anyMatch(day -> day.correction().isNegative());
    }

    /** Returns the corrections of earlier documents that a month's amount does not include; empty if there are none. */
    public String corrected(DailyAmounts daily) {
        var amount = daily.corrected();
        return amount.isZero() ? "" : format.text("spent.corrected", format.money(amount, false, true));
    }

    /** Returns the comparison of this month with the previous one, up to the same day. */
    public String comparison(DailyAmounts daily) {
        var before = daily.monthBeforeToSameDay();
        var month = format.monthName(daily.monthBefore());
        if (before.isZero()) {
            return format.text("spent.nothing-before", month);
        }
        if (before.isNegative()) {
            return format.text(
                    "spent.before", format.money(before), month, daily.today().getDayOfMonth());
        }
        var change =
                daily.thisMonth().amount().subtract(before.amount()).divide(before.amount(), 2, RoundingMode.HALF_UP);
        return format.text(
                "spent.compared", signed(change), month, daily.today().getDayOfMonth());
    }

    private String signed(BigDecimal change) {
        return (change.signum() > 0 ? "+" : change.signum() < 0 ? "\u2212" : "") + format.percent(change.abs());
    }
}
