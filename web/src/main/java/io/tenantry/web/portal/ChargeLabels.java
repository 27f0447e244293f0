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

/** Labels for the parts of a charge. */
@RequestScoped
@Named("chargeWords")
public class ChargeLabels {
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    Format format;

    @Inject
    PortalLabels portalLabels;

    /** Returns the kind of the part: a server, or an add-on. */
    public String kind(Part part) {
        return format.text("charge.kind." + part.kind().toLowerCase(Locale.ROOT));
    }

    /** Returns the label of the price: the plan's or the add-on's, and its version. */
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

    /** Returns the time range of the hours, with days if it is not shorter than one. */
    public String when(Part part) {
        return format.text("charge.span", at(part.begins(), isLong(part)), at(part.ends(), isLong(part)));
    }

    private String at(Instant instant, boolean withDay) {
        return withDay ? format.formats().moment(instant) : format.formats().time(instant);
    }

    /** Returns whether the hours span a day or more, as after a late run. */
    public boolean isLong(Part part) {
        return Duration.between(part.begins(), part.ends()).compareTo(DAY) >= 0;
    }

    /** Returns the calculation of the amount: hours at a rate, a surcharge within an hour, limited by the monthly price. */
    public String how(Part part) {
        var terms = new ArrayList<String>();
        if (part.hours() > 0) {
            terms.add(format.text("charge.how.hours", part.hours(), exact(part.hourly())));
        }
        if (part.increase().isPositive()) {
            terms.add(format.text("charge.how.upgrade", exact(part.increase())));
        }
        var sum = String.join(" + ", terms);
        return part.isCut() ? format.text("charge.how.cut", sum, exact(part.monthCap())) : sum;
    }

    /** Returns whether the monthly price was reached with this part. */
    public String capped(Part part) {
        return format.text(part.isCapped() ? "charge.capped.yes" : "charge.capped.no");
    }

    private String exact(Money money) {
        return format.money(money, true, false);
    }
}
