package io.tenantry.web.portal;

import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.provisioning.Services;
import io.tenantry.wallet.DailyAmounts;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Spending;
import io.tenantry.wallet.Wallets;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The customer's dashboard: am I all right, what does it cost, what happened, where are my things. */
@Named
@RequestScoped
public class PortalPage {
    private static final int SERVICES = 5;
    private static final int HAPPENINGS = 5;
    private static final int NOON = 12;
    private static final int EVENING = 18;

    @Inject
    CurrentOrganization organization;

    @Inject
    OrganizationWallets wallets;

    @Inject
    Spending spending;

    @Inject
    Services services;

    @Inject
    Words words;

    @Inject
    Fmt fmt;

    @Inject
    Clock clock;

    private @Nullable List<Wallets.Balance> balances;
    private @Nullable DailyAmounts daily;
    private @Nullable List<Happening> happenings;
    private @Nullable List<Services.Summary> top;
    private @Nullable Integer running;

    /** Something that happened, ready to be shown. */
    public record Happening(
            Instant at,
            String icon,
            String tone,
            String title,
            String by,
            String href,
            @Nullable Money figure) {}

    /** Good morning, good day or good evening, by the clock on the wall. */
    public String greeting(String name) {
        var hour = ZonedDateTime.ofInstant(clock.instant(), fmt.zone()).getHour();
        var time = hour < NOON ? "morning" : hour < EVENING ? "day" : "evening";
        var first = name.strip().split(" ", 2)[0];
        return fmt.text("greeting." + time, first);
    }

    /** How many services run, and when the next hour is charged. */
    public String getSituation() {
        var next = 60 - ZonedDateTime.ofInstant(clock.instant(), fmt.zone()).getMinute();
        return getRunning() == 0 ? fmt.text("portal.situation.none") : fmt.text("portal.situation", getRunning(), next);
    }

    /** Whether money may be shown. */
    public boolean isMoney() {
        return organization.may(Permission.BILLING_VIEW);
    }

    /** Whether services may be shown. */
    public boolean isThings() {
        return organization.may(Permission.VPS_VIEW);
    }

    /** The organization's wallet. */
    public Wallets.@Nullable Balance getWallet() {
        var known = balances;
        if (known == null) {
            known = isMoney() ? wallets.of(organization.getId()) : List.of();
            balances = known;
        }
        return known.isEmpty() ? null : known.get(0);
    }

    /** What was spent, day by day. */
    public DailyAmounts getDaily() {
        var known = daily;
        if (known == null) {
            known = spending.of(organization.getId());
            daily = known;
        }
        return known;
    }

    /** How many services run. */
    public int getRunning() {
        var known = running;
        if (known == null) {
            known = isThings() ? services.count(filter(1)) : 0;
            running = known;
        }
        return known;
    }

    /** A few services. */
    public List<Services.Summary> getServices() {
        var known = top;
        if (known == null) {
            known = isThings() ? services.list(filter(SERVICES)) : List.of();
            top = known;
        }
        return known;
    }

    /** What happened lately, of all kinds, the newest first. */
    public List<Happening> getHappenings() {
        var known = happenings;
        if (known == null) {
            var all = new ArrayList<Happening>();
            if (isThings()) {
                services.recent(organization.getId(), HAPPENINGS).forEach(it -> all.add(of(it)));
            }
            var wallet = getWallet();
            if (wallet != null) {
                wallets.statement(wallet.id(), Long.MAX_VALUE, 2).forEach(it -> all.add(of(it)));
                wallets.crossings(organization.getId(), 2).forEach(it -> all.add(of(it)));
            }
            known = all.stream()
                    .sorted(Comparator.comparing(Happening::at).reversed())
                    .limit(HAPPENINGS)
                    .toList();
            happenings = known;
        }
        return known;
    }

    private Happening of(Services.Happening it) {
        return new Happening(
                it.at(),
                words.stepIcon(it.what()),
                it.what().equals("activated") ? "ok" : "",
                fmt.text("happening." + it.what(), it.service()),
                it.actor(),
                "/portal/service?id=" + it.serviceId(),
                null);
    }

    private Happening of(Wallets.Line line) {
        return new Happening(
                line.at(), words.lineIcon(line), "", words.line(line), "", "/portal/wallet", line.amount());
    }

    private Happening of(Wallets.Crossing crossing) {
        var tone = crossing.kind().equals("RECOVERED") ? "ok" : crossing.kind().equals("LOW") ? "warn" : "bad";
        return new Happening(
                crossing.at(), "wallet", tone, words.crossing(crossing), "", "/portal/wallet", crossing.balance());
    }

    private Services.Filter filter(int limit) {
        return new Services.Filter(Optional.of(organization.getId()), true, "", 0, limit);
    }
}
