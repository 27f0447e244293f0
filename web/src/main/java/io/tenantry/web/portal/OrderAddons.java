package io.tenantry.web.portal;

import io.tenantry.cloud.addon.AddonOffers;
import io.tenantry.cloud.addon.AddonPricing;
import io.tenantry.cloud.addon.AddonQuery.BackupFrequency;
import io.tenantry.cloud.addon.AddonSelection;
import io.tenantry.cloud.addon.AddonSelection.Extra;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The add-ons of a server order: the available ones, the chosen ones, and the total price. */
@Named
@RequestScoped
public class OrderAddons {
    private static final String VOLUME = "volume";
    private static final String ADDRESS = "address";

    @Inject
    OrderSelection selection;

    @Inject
    AddonOffers offers;

    @Inject
    AddonLabels addonLabels;

    @Inject
    PortalLabels portalLabels;

    @Inject
    Format format;

    private AddonOffers.@Nullable Offered offered;
    private @Nullable Boolean any;
    private @Nullable List<Line> lines;

    /**
     * A chosen add-on.
     *
     * @param label its label
     * @param value its quantity or frequency
     */
    public record Line(String label, String value, Money monthly, Money hourly) {}

    /** A number of addresses, and their price. */
    public record Count(int number, Money monthly, Money hourly) {}

    /** Returns the available add-ons; none before the location is known. */
    public AddonOffers.Offered getOffered() {
        var known = offered;
        if (known == null) {
            var offer = selection.getOffer();
            known = offer == null
                    ? AddonOffers.Offered.NOTHING
                    : offers.offered(selection.place(), offer.monthly().currency());
            offered = known;
        }
        return known;
    }

    /** Whether there is any add-on to choose, or may be before the location is known. */
    public boolean isAny() {
        var known = any;
        if (known == null) {
            known = selection.getOffer() == null
                    ? offers.isAny(selection.currency())
                    : !getOffered().isNothing();
            any = known;
        }
        return known;
    }

    /** Discards the loaded prices, so that they are read again. */
    void forget() {
        offered = null;
        any = null;
        lines = null;
    }

    // ---- choices

    /** Returns the code of a backup frequency in the form. */
    public String code(BackupFrequency backupFrequency) {
        return addonLabels.policyCode(backupFrequency.retention().policy());
    }

    /** Returns whether a backup frequency is chosen. */
    public boolean isChosen(BackupFrequency backupFrequency) {
        return frequency().filter(backupFrequency::equals).isPresent();
    }

    /** Whether no backups are chosen. */
    public boolean isWithoutBackups() {
        return frequency().isEmpty();
    }

    /** Returns the sizes of a volume. */
    public List<AddonLabels.PricedSize> getSizes() {
        return addonLabels.sizes(getOffered().volume(), 0);
    }

    /** Returns the chosen size; zero for none. */
    public int getGib() {
        return size().map(AddonLabels.PricedSize::gib).orElse(0);
    }

    /** Returns the numbers of addresses. */
    public List<Count> getCounts() {
        return getOffered().address().stream()
                .flatMap(offer ->
                        IntStream.rangeClosed(1, getOffered().addressesMax()).mapToObj(number -> count(offer, number)))
                .toList();
    }

    private static Count count(AddonPricing.Offer offer, int number) {
        return new Count(number, offer.monthly(1).times(number), offer.hourly(1).times(number));
    }

    /** Returns the chosen number; zero for none. */
    public int getNumber() {
        return count().map(Count::number).orElse(0);
    }

    // ---- chosen add-ons

    private Optional<BackupFrequency> frequency() {
        var chosen = selection.address().one(OrderAddress.BACKUPS);
        return getOffered().backups().stream()
                .filter(one -> code(one).equals(chosen))
                .findFirst();
    }

    private Optional<AddonLabels.PricedSize> size() {
        var chosen = selection.address().number(OrderAddress.VOLUME);
        return getSizes().stream()
                .filter(one -> chosen.filter(gib -> gib == one.gib()).isPresent())
                .findFirst();
    }

    private Optional<Count> count() {
        var chosen = selection.address().number(OrderAddress.ADDRESSES);
        return getCounts().stream()
                .filter(one -> chosen.filter(number -> number == one.number()).isPresent())
                .findFirst();
    }

    /** Returns the chosen add-ons that are available, one per line. */
    public List<Line> getLines() {
        var known = lines;
        if (known == null) {
            var all = new ArrayList<Line>();
            frequency()
                    .ifPresent(one -> all.add(new Line(
                            format.text("order.extras.backups"),
                            addonLabels.policy(one.retention().policy()),
                            one.offer().monthly(1),
                            one.offer().hourly(1))));
            size().ifPresent(one -> all.add(new Line(
                    format.text("order.extras.volume"),
                    portalLabels.gigabytes(one.gib()),
                    one.monthly(),
                    one.hourly())));
            count().ifPresent(one -> all.add(new Line(
                    format.text("order.extras.addresses"), String.valueOf(one.number()), one.monthly(), one.hourly())));
            known = List.copyOf(all);
            lines = known;
        }
        return known;
    }

    /** Whether a chosen add-on is not available there: to be shown, since it will not be ordered. */
    public boolean isLacking() {
        return isLacking(OrderAddress.BACKUPS, frequency())
                || isLacking(OrderAddress.VOLUME, size())
                || isLacking(OrderAddress.ADDRESSES, count());
    }

    private boolean isLacking(String name, Optional<?> found) {
        return found.isEmpty() && !selection.address().one(name).isEmpty();
    }

    /** Returns the hourly price of the server with all add-ons. */
    public Money hourly(Money server) {
        return getLines().stream().map(Line::hourly).reduce(server, Money::plus);
    }

    /** Returns the monthly price of the server with all add-ons. */
    public Money monthly(Money server) {
        return getLines().stream().map(Line::monthly).reduce(server, Money::plus);
    }

    /** Returns the ids of the displayed prices of the chosen and available add-ons. */
    Map<String, UUID> prices() {
        var all = new HashMap<String, UUID>();
        frequency().ifPresent(one -> all.put(code(one), one.offer().priceId()));
        size().flatMap(one -> getOffered().volume()).ifPresent(offer -> all.put(VOLUME, offer.priceId()));
        count().flatMap(one -> getOffered().address()).ifPresent(offer -> all.put(ADDRESS, offer.priceId()));
        return all;
    }

    /** Returns the add-ons that were displayed as chosen, at those prices: one that is no longer available is rejected, not omitted. */
    AddonSelection chosen(Map<String, UUID> shown) {
        var all = new ArrayList<Extra>();
        shown.forEach((what, price) -> extra(what, Optional.of(price)).ifPresent(all::add));
        return new AddonSelection(all);
    }

    private Optional<Extra> extra(String what, Optional<UUID> price) {
        return switch (what) {
            case VOLUME -> number(OrderAddress.VOLUME).map(gib -> Extra.volume(gib, price));
            case ADDRESS -> number(OrderAddress.ADDRESSES).map(number -> Extra.addresses(number, price));
            default -> Optional.of(Extra.backups(addonLabels.policyOf(what), price));
        };
    }

    private Optional<Integer> number(String name) {
        return selection.address().number(name).filter(number -> number > 0);
    }
}
