package io.tenantry.web.portal;

import io.tenantry.billing.charging.ChargeBreakdown.Part;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

/** Parts of a charge in people's words. */
@RequestScoped
@Named("chargeWords")
public class ChargeLabels {
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    Format format;

    @Inject
    PortalLabels portalLabels;

    /** What it is: a server, or an option. */
    public String kind(Part part) {
        return format.text("charge.kind." + part.kind().toLowerCase(Locale.ROOT));
    }

    /** At which price it is charged: the plan's or the option's, and its version. */
    public String price(Part part) {
        return format.text("charge.price.of", what(part), part.version());
    }

    private String what(Part part) {
        return switch (part.kind()) {
            case "SERVER" -> part.plan();
            case "VOLUME", "SNAPSHOT" -> portalLabels.gigabytes(part.quantity());
            default -> kind(part);
        };
    }

    /** When its hours were: from when to when, with the days if it is longer than one. */
    public String when(Part part) {
        return format.text("charge.span", at(part.begins(), isLong(part)), at(part.ends(), isLong(part)));
    }

    private String at(Instant instant, boolean withDay) {
        return withDay ? format.formats().moment(instant) : format.formats().time(instant);
    }

    /** Whether its hours are more than a day's, as after a run that came late. */
    public boolean isLong(Part part) {
        return Duration.between(part.begins(), part.ends()).compareTo(DAY) > 0;
    }

    /** How its amount comes about: so many hours at a rate, a rise within an hour, and no more than the month's price. */
    public String how(Part part) {
        var terms = new ArrayList<String>();
        if (part.hours() > 0) {
            terms.add(format.text("charge.how.hours", part.hours(), exact(part.hourly())));
        }
        if (part.rise().isPositive()) {
            terms.add(format.text("charge.how.rise", exact(part.rise())));
        }
        var sum = String.join(" + ", terms);
        return part.isCut() ? format.text("charge.how.cut", sum, exact(part.monthCap())) : sum;
    }

    /** Whether the month's price was reached with it. */
    public String capped(Part part) {
        return format.text(part.isCapped() ? "charge.capped.yes" : "charge.capped.no");
    }

    private String exact(Money money) {
        return format.money(money, true, false);
    }
}
