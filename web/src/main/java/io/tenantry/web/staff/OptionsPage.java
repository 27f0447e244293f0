package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.options.OptionKind;
import io.tenantry.options.OptionPrices;
import io.tenantry.options.OptionPrices.Asked;
import io.tenantry.options.OptionPrices.Priced;
import io.tenantry.options.OptionPrices.Version;
import io.tenantry.options.VolumeRounds;
import io.tenantry.pricing.WholesalePrices.Quote;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.DateText;
import io.tenantry.web.currency.PriceList;
import io.tenantry.web.pricing.WholesaleWords;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What is asked for options, the price in force and those before; and what vendors have of them that nobody is charged for. */
@Named
@RequestScoped
public class OptionsPage {
    private static final List<Priced> PRICED = List.of(
            new Priced(OptionKind.VOLUME, Optional.empty()),
            new Priced(OptionKind.BACKUP, Optional.empty()),
            new Priced(OptionKind.BACKUP, Optional.of(Policy.DAILY)),
            new Priced(OptionKind.BACKUP, Optional.of(Policy.WEEKLY)),
            new Priced(OptionKind.SNAPSHOT, Optional.empty()),
            new Priced(OptionKind.ADDRESS, Optional.empty()));

    @Inject
    CurrentPerson me;

    @Inject
    OptionPrices prices;

    @Inject
    VolumeRounds rounds;

    @Inject
    TenantDirectory tenants;

    @Inject
    PriceList list;

    @Inject
    Clock clock;

    @Inject
    Fmt fmt;

    @Inject
    WholesaleWords wholesaleWords;

    private final Draft volume = new Draft();
    private final Draft backup = new Draft();
    private final Draft daily = new Draft();
    private final Draft weekly = new Draft();
    private final Draft snapshot = new Draft();
    private final Draft address = new Draft();
    private @Nullable List<Version> versions;
    private @Nullable Map<Priced, Quote> wholesale;
    private @Nullable List<VolumeRounds.Difference> differences;

    /** What is typed for a further price. */
    public static class Draft {
        private @Nullable BigDecimal monthly;
        private String from = "";

        private void show(Asked asked) {
            monthly = asked.monthly().amount();
        }

        private Money asked(Currency currency) {
            return new Money(Objects.requireNonNullElse(monthly, BigDecimal.ZERO), currency);
        }

        public @Nullable BigDecimal getMonthly() {
            return monthly;
        }

        public void setMonthly(@Nullable BigDecimal monthly) {
            this.monthly = monthly;
        }

        /** Day and time in the tenant's zone; empty for at once. */
        public String getFrom() {
            return from;
        }

        public void setFrom(@Nullable String from) {
            this.from = Objects.requireNonNullElse(from, "");
        }
    }

    /** Looks at the prices, if they may be seen. */
    public void open() {
        Visit.look(() -> {
            latest(OptionKind.VOLUME).ifPresent(volume::show);
            latest(OptionKind.BACKUP).ifPresent(backup::show);
            latest(Policy.DAILY).ifPresent(daily::show);
            latest(Policy.WEEKLY).ifPresent(weekly::show);
            latest(OptionKind.SNAPSHOT).ifPresent(snapshot::show);
            latest(OptionKind.ADDRESS).ifPresent(address::show);
        });
    }

    /** Publishes a price of volumes. */
    public void publishVolume() {
        publish(OptionKind.VOLUME, volume);
    }

    /** Publishes a price of backups. */
    public void publishBackup() {
        publish(OptionKind.BACKUP, backup);
    }

    /** Publishes a price of backups each day. */
    public void publishDaily() {
        publish(Policy.DAILY, daily);
    }

    /** Publishes a price of backups each week. */
    public void publishWeekly() {
        publish(Policy.WEEKLY, weekly);
    }

    /** Publishes a price of snapshots. */
    public void publishSnapshot() {
        publish(OptionKind.SNAPSHOT, snapshot);
    }

    /** Publishes a price of further addresses. */
    public void publishAddress() {
        publish(OptionKind.ADDRESS, address);
    }

    /** Offers no more volumes. */
    public void withdrawVolume() {
        withdraw(OptionKind.VOLUME);
    }

    /** Offers no more backups. */
    public void withdrawBackup() {
        withdraw(OptionKind.BACKUP);
    }

    /** Offers no more backups each day. */
    public void withdrawDaily() {
        withdraw(Policy.DAILY);
    }

    /** Offers no more backups each week. */
    public void withdrawWeekly() {
        withdraw(Policy.WEEKLY);
    }

    /** Offers no more snapshots. */
    public void withdrawSnapshot() {
        withdraw(OptionKind.SNAPSHOT);
    }

    /** Offers no more further addresses. */
    public void withdrawAddress() {
        withdraw(OptionKind.ADDRESS);
    }

    private void withdraw(OptionKind kind) {
        say(
                kind.word(),
                prices.publish(kind, Optional.empty(), list.getCurrency(), Optional.empty(), Optional.empty()),
                "option.withdrawn");
    }

    private void withdraw(Policy policy) {
        say(
                form(policy),
                prices.publish(
                        OptionKind.BACKUP, Optional.of(policy), list.getCurrency(), Optional.empty(), Optional.empty()),
                "option.withdrawn");
    }

    private void publish(OptionKind kind, Draft draft) {
        publish(kind.word(), draft, (asked, from) -> prices.publish(kind, asked, from));
    }

    private void publish(Policy policy, Draft draft) {
        publish(form(policy), draft, (asked, from) -> prices.publish(policy, asked, from));
    }

    private void publish(
            String form, Draft draft, BiFunction<Optional<Money>, Optional<Instant>, OptionPrices.Outcome> deed) {
        var from = from(draft.getFrom());
        if (from == null) {
            Visit.refuse(form + ":from", fmt.text("field.valid_from"));
            return;
        }
        var asked = draft.asked(list.getCurrency());
        say(form, deed.apply(Optional.of(asked), Optional.of(from)), "price.published");
    }

    private static String form(Policy policy) {
        return "backup_" + policy.word();
    }

    private void say(String form, OptionPrices.Outcome outcome, String done) {
        switch (outcome) {
            case DONE -> Visit.go(list.at("/staff/options"), fmt.text(done));
            case INVALID -> Visit.refuse(form + ":monthly", fmt.text("option.price.invalid"));
            case NO_WHOLESALE -> Visit.refuse(form + ":monthly", fmt.text("price.wholesale.missing"));
            case TOO_EARLY -> Visit.refuse(form + ":from", fmt.text("field.valid_from"));
            case UNCHANGED -> Visit.refuse(form + ":monthly", fmt.text("option.price.unchanged"));
        }
    }

    /**
     * What one costs the reseller now, in words.
     *
     * @param policy of backups: how often; empty for all
     */
    public String wholesale(String kind, String policy) {
        var known = wholesale;
        if (known == null) {
            known = prices.wholesale(PRICED, clock.instant());
            wholesale = known;
        }
        var asked = new Priced(
                OptionKind.valueOf(kind), policy.isEmpty() ? Optional.empty() : Optional.of(Policy.valueOf(policy)));
        return wholesaleWords.say(Objects.requireNonNull(known.get(asked), kind));
    }

    /** The versions of the price of volumes, the latest first. */
    public List<Version> getVolumes() {
        return of(OptionKind.VOLUME);
    }

    /** The versions of the price of backups, the latest first. */
    public List<Version> getBackups() {
        return of(OptionKind.BACKUP);
    }

    /** The versions of the price of backups each day, the latest first. */
    public List<Version> getDailies() {
        return of(OptionKind.BACKUP, Optional.of(Policy.DAILY));
    }

    /** The versions of the price of backups each week, the latest first. */
    public List<Version> getWeeklies() {
        return of(OptionKind.BACKUP, Optional.of(Policy.WEEKLY));
    }

    /** The versions of the price of snapshots, the latest first. */
    public List<Version> getSnapshots() {
        return of(OptionKind.SNAPSHOT);
    }

    /** The versions of the price of further addresses, the latest first. */
    public List<Version> getAddresses() {
        return of(OptionKind.ADDRESS);
    }

    private List<Version> of(OptionKind kind) {
        return of(kind, Optional.empty());
    }

    private List<Version> of(OptionKind kind, Optional<Policy> policy) {
        var known = versions;
        if (known == null) {
            known = prices.all();
            versions = known;
        }
        return known.stream()
                .filter(one -> one.kind() == kind
                        && one.policy().equals(policy)
                        && one.currency().equals(list.getCurrency()))
                .toList();
    }

    private Optional<Asked> latest(OptionKind kind) {
        return of(kind).stream().findFirst().flatMap(Version::asked);
    }

    private Optional<Asked> latest(Policy policy) {
        return of(OptionKind.BACKUP, Optional.of(policy)).stream().findFirst().flatMap(Version::asked);
    }

    /** What differs at vendors, for those who may see services. */
    public List<VolumeRounds.Difference> getDifferences() {
        var known = differences;
        if (known == null) {
            known = me.may(Permission.STAFF_SERVICES_VIEW) ? rounds.differences() : List.of();
            differences = known;
        }
        return known;
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_PLANS_MANAGE) && list.isOpen();
    }

    public Draft getVolume() {
        return volume;
    }

    public Draft getBackup() {
        return backup;
    }

    public Draft getDaily() {
        return daily;
    }

    public Draft getWeekly() {
        return weekly;
    }

    public Draft getSnapshot() {
        return snapshot;
    }

    public Draft getAddress() {
        return address;
    }

    private @Nullable Instant from(String text) {
        if (text.isBlank()) {
            return clock.instant();
        }
        return DateText.local(text)
                .map(moment -> moment.atZone(tenants.current().zone()).toInstant())
                .orElse(null);
    }
}
