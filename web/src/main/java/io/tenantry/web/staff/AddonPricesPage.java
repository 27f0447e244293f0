package io.tenantry.web.staff;

import io.tenantry.catalog.pricing.WholesalePrices.Quote;
import io.tenantry.cloud.addon.AddonPrices;
import io.tenantry.cloud.addon.AddonPrices.Field;
import io.tenantry.cloud.addon.AddonPrices.PriceRequest;
import io.tenantry.cloud.addon.AddonPrices.Priced;
import io.tenantry.cloud.addon.AddonPrices.Version;
import io.tenantry.cloud.addon.AddonReconciliationSchedule;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.DateText;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.catalog.pricing.WholesaleLabels;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The prices of add-ons, those in force and earlier ones; and the add-ons at providers that are charged to no one. */
@Named
@RequestScoped
public class AddonPricesPage {
    private static final List<Priced> PRICED = List.of(
            new Priced(AddonType.VOLUME, Optional.empty()),
            new Priced(AddonType.BACKUP, Optional.empty()),
            new Priced(AddonType.BACKUP, Optional.of(Policy.DAILY)),
            new Priced(AddonType.BACKUP, Optional.of(Policy.WEEKLY)),
            new Priced(AddonType.SNAPSHOT, Optional.empty()),
            new Priced(AddonType.ADDRESS, Optional.empty()));

    @Inject
    CurrentPerson me;

    @Inject
    AddonPrices prices;

    @Inject
    AddonReconciliationSchedule rounds;

    @Inject
    TenantDirectory tenants;

    @Inject
    DisplayCurrency list;

    @Inject
    Clock clock;

    @Inject
    Format format;

    @Inject
    WholesaleLabels wholesaleLabels;

    private final Draft volume = new Draft();
    private final Draft backup = new Draft();
    private final Draft daily = new Draft();
    private final Draft weekly = new Draft();
    private final Draft snapshot = new Draft();
    private final Draft address = new Draft();
    private @Nullable List<Version> versions;
    private @Nullable Map<Priced, Quote> wholesale;
    private @Nullable List<AddonReconciliationSchedule.Difference> differences;

    /** The fields of a new price. */
    public static class Draft {
        private @Nullable BigDecimal monthly;
        private String from = "";

        private void show(PriceRequest priceRequest) {
            monthly = priceRequest.monthly().amount();
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

        /** Returns day and time in the tenant's zone; empty for now. */
        public String getFrom() {
            return from;
        }

        public void setFrom(@Nullable String from) {
            this.from = Objects.requireNonNullElse(from, "");
        }
    }

    /** Loads the prices, if the user may view them. */
    public void open() {
        PageResult.load(() -> {
            latest(AddonType.VOLUME).ifPresent(volume::show);
            latest(AddonType.BACKUP).ifPresent(backup::show);
            latest(Policy.DAILY).ifPresent(daily::show);
            latest(Policy.WEEKLY).ifPresent(weekly::show);
            latest(AddonType.SNAPSHOT).ifPresent(snapshot::show);
            latest(AddonType.ADDRESS).ifPresent(address::show);
        });
    }

    /** Returns the maximum price. */
    public Money getMost() {
        return Version.maximum(list.getCurrency());
    }

    /** Publishes a price of volumes. */
    public void publishVolume() {
        publish(AddonType.VOLUME, volume);
    }

    /** Publishes a price of backups. */
    public void publishBackup() {
        publish(AddonType.BACKUP, backup);
    }

    /** Publishes a price of daily backups. */
    public void publishDaily() {
        publish(Policy.DAILY, daily);
    }

    /** Publishes a price of weekly backups. */
    public void publishWeekly() {
        publish(Policy.WEEKLY, weekly);
    }

    /** Publishes a price of snapshots. */
    public void publishSnapshot() {
        publish(AddonType.SNAPSHOT, snapshot);
    }

    /** Publishes a price of additional addresses. */
    public void publishAddress() {
        publish(AddonType.ADDRESS, address);
    }

    /** Stops offering volumes. */
    public void withdrawVolume() {
        withdraw(AddonType.VOLUME);
    }

    /** Stops offering backups. */
    public void withdrawBackup() {
        withdraw(AddonType.BACKUP);
    }

    /** Stops offering daily backups. */
    public void withdrawDaily() {
        withdraw(Policy.DAILY);
    }

    /** Stops offering weekly backups. */
    public void withdrawWeekly() {
        withdraw(Policy.WEEKLY);
    }

    /** Stops offering snapshots. */
    public void withdrawSnapshot() {
        withdraw(AddonType.SNAPSHOT);
    }

    /** Stops offering additional addresses. */
    public void withdrawAddress() {
        withdraw(AddonType.ADDRESS);
    }

    private void withdraw(AddonType kind) {
        showOutcome(
                kind.word(),
                prices.publish(kind, Optional.empty(), list.getCurrency(), Optional.empty(), Optional.empty()),
                "addon.withdrawn");
    }

    private void withdraw(Policy policy) {
        showOutcome(
                form(policy),
                prices.publish(
                        AddonType.BACKUP, Optional.of(policy), list.getCurrency(), Optional.empty(), Optional.empty()),
                "addon.withdrawn");
    }

    private void publish(AddonType kind, Draft draft) {
        publish(kind.word(), draft, new Priced(kind, Optional.empty()));
    }

    private void publish(Policy policy, Draft draft) {
        publish(form(policy), draft, new Priced(AddonType.BACKUP, Optional.of(policy)));
    }

    private void publish(String form, Draft draft, Priced priced) {
        var currency = list.getCurrency();
        var from = Optional.ofNullable(from(draft.getFrom()));
        var asked = Optional.of(draft.asked(currency));
        var faults = EnumSet.noneOf(Field.class);
        faults.addAll(prices.faults(priced, currency, asked, from));
        if (from.isEmpty()) {
            faults.add(Field.FROM);
        }
        if (faults.contains(Field.MONTHLY)) {
            PageResult.refuse(form + ":monthly", format.text("addon.price.invalid"));
        }
        if (faults.contains(Field.FROM)) {
            PageResult.refuse(form + ":from", format.text("field.valid_from"));
        }
        if (faults.isEmpty()) {
            showOutcome(form, prices.publish(priced.kind(), priced.policy(), currency, asked, from), "price.published");
        }
    }

    private static String form(Policy policy) {
        return "backup_" + policy.word();
    }

    private void showOutcome(String form, AddonPrices.Outcome outcome, String done) {
        switch (outcome) {
            case DONE -> PageResult.go(list.at("/staff/addon-prices"), format.text(done));
            case INVALID -> PageResult.refuse(form + ":monthly", format.text("addon.price.invalid"));
            case NO_WHOLESALE -> PageResult.refuse(form + ":monthly", format.text("price.wholesale.missing"));
            case TOO_EARLY -> PageResult.refuse(form + ":from", format.text("field.valid_from"));
            case UNCHANGED -> PageResult.refuse(form + ":monthly", format.text("addon.price.unchanged"));
        }
    }

    /**
     * Returns the current wholesale price of an add-on as text.
     *
     * @param policy the frequency of backups; empty for all
     */
    public String wholesale(String kind, String policy) {
        var known = wholesale;
        if (known == null) {
            known = prices.wholesale(PRICED, clock.instant());
            wholesale = known;
        }
        var asked = new Priced(
                AddonType.valueOf(kind), policy.isEmpty() ? Optional.empty() : Optional.of(Policy.valueOf(policy)));
        return wholesaleLabels.describe(Objects.requireNonNull(known.get(asked), kind));
    }

    /** Returns the versions of the price of volumes, the latest first. */
    public List<Version> getVolumes() {
        return of(AddonType.VOLUME);
    }

    /** Returns the versions of the price of backups, the latest first. */
    public List<Version> getBackups() {
        return of(AddonType.BACKUP);
    }

    /** Returns the versions of the price of daily backups, the latest first. */
    public List<Version> getDailies() {
        return of(AddonType.BACKUP, Optional.of(Policy.DAILY));
    }

    /** Returns the versions of the price of weekly backups, the latest first. */
    public List<Version> getWeeklies() {
        return of(AddonType.BACKUP, Optional.of(Policy.WEEKLY));
    }

    /** Returns the versions of the price of snapshots, the latest first. */
    public List<Version> getSnapshots() {
        return of(AddonType.SNAPSHOT);
    }

    /** Returns the versions of the price of additional addresses, the latest first. */
    public List<Version> getAddresses() {
        return of(AddonType.ADDRESS);
    }

    private List<Version> of(AddonType kind) {
        return of(kind, Optional.empty());
    }

    private List<Version> of(AddonType kind, Optional<Policy> policy) {
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

    private Optional<PriceRequest> latest(AddonType kind) {
        return of(kind).stream().findFirst().flatMap(Version::asked);
    }

    private Optional<PriceRequest> latest(Policy policy) {
        return of(AddonType.BACKUP, Optional.of(policy)).stream().findFirst().flatMap(Version::asked);
    }

    /** Returns the discrepancies at providers, for staff who may view services. */
    public List<AddonReconciliationSchedule.Difference> getDifferences() {
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
                .flatMap(moment -> DateText.at(moment, tenants.current().zone()))
                .orElse(null);
    }
}
