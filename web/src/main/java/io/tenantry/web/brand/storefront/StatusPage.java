package io.tenantry.web.brand.storefront;

import io.tenantry.brand.storefront.Availability;
import io.tenantry.brand.storefront.Incidents;
import io.tenantry.brand.storefront.Incidents.Impact;
import io.tenantry.brand.storefront.Incidents.Incident;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status of the services: current incidents, announced work, and the availability of each region over the last ninety days. */
@RequestScoped
@Named
public class StatusPage {
    static final int DAYS = 90;

    @Inject
    Incidents incidents;

    @Inject
    StorefrontView storefrontView;

    @Inject
    Format format;

    @Inject
    Clock clock;

    private @Nullable List<Incident> all;

    /** A region with its recent availability. */
    public record RegionStatus(
            String name,
            String country,
            int plans,
            @Nullable Impact now,
            Availability availability) {}

    /** Returns the worst current impact; null if there is none. */
    public @Nullable Impact getWorst() {
        return Availability.at(all(), clock.instant()).orElse(null);
    }

    /** Returns the current incidents. */
    public List<Incident> getCurrent() {
        var now = clock.instant();
        return all().stream().filter(each -> each.lasts(now)).toList();
    }

    /** Returns announced work that has not started. */
    public List<Incident> getAnnounced() {
        var now = clock.instant();
        return all().stream().filter(each -> each.beganAt().isAfter(now)).toList();
    }

    /** Returns the past incidents. */
    public List<Incident> getPast() {
        return all().stream().filter(each -> each.endedAt().isPresent()).toList();
    }

    /** Returns all regions. */
    public List<RegionStatus> getRegions() {
        var now = clock.instant();
        return storefrontView.getRegions().stream()
                .map(region -> new RegionStatus(
                        region.name(),
                        region.country(),
                        region.plans(),
                        Availability.at(concerning(region.code()), now).orElse(null),
                        Availability.of(all(), region.code(), DAYS, now, format.zoneOfBooks())))
                .toList();
    }

    /** Returns the tone of an impact, which determines its color. */
    public String tone(@Nullable Impact impact) {
        return impact == null
                ? "ok"
                : switch (impact) {
                    case MAINTENANCE -> "info";
                    case DEGRADED -> "warn";
                    case OUTAGE -> "bad";
                };
    }

    /** Returns the label of an impact. */
    public String word(@Nullable Impact impact) {
        return format.text(
                "store.impact." + (impact == null ? "none" : impact.name().toLowerCase(Locale.ROOT)));
    }

    /** Returns the name of the region that an incident concerns. */
    public String where(Incident incident) {
        return incident.region()
                .flatMap(code -> storefrontView.getRegions().stream()
                        .filter(region -> region.code().equals(code))
                        .map(region -> region.name())
                        .findFirst())
                .orElseGet(() -> format.text("store.status.everywhere"));
    }

    /** Returns the duration of an incident, up to now if it continues. */
    public String lasted(Incident incident) {
        return format.span(
                Duration.between(incident.beganAt(), incident.endedAt().orElseGet(clock::instant)));
    }

    private List<Incident> concerning(String region) {
        return all().stream()
                .filter(each -> each.region().map(region::equals).orElse(true))
                .toList();
    }

    private List<Incident> all() {
        var known = all;
        if (known == null) {
            known = incidents.since(from());
            all = known;
        }
        return known;
    }

    private Instant from() {
        var today = clock.instant().atZone(format.zoneOfBooks()).toLocalDate();
        return today.minusDays(DAYS - 1L).atStartOfDay(format.zoneOfBooks()).toInstant();
    }
}
