package io.tenantry.web.layout;

import io.tenantry.kernel.markdown.Markdown;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.EmailAddress;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@link Formats} for pages: in the page's language and time zone, relative to now. */
@RequestScoped
@Named
public class Format {
    /** The state of an action that is in progress: it may end before the page that shows it starts to listen. */
    private static final String UNDER_WAY = "working";

    private static final int AGAIN_SECONDS = 4;

    /** A wallet whose runway is shorter than this needs attention. */
    private static final Duration RUNWAY_SHORT = Duration.ofDays(7);

    @Inject
    Language language;

    @Inject
    TenantDirectory directory;

    @Inject
    Clock clock;

    @Inject
    CurrentPerson me;

    private @Nullable Formats formats;

    public String money(Money money, boolean exact, boolean signed) {
        return formats().money(money, exact, signed);
    }

    public String money(Money money) {
        return formats().money(money, false, false);
    }

    /** Formats an amount in a column with a fixed number of decimals. */
    public String exactly(Money money, int decimals, boolean signed) {
        return formats().exactly(money, decimals, signed);
    }

    /** Formats an hourly rate for comparison: four decimals. */
    public String rate(Money money) {
        return formats().rate(money);
    }

    /** Returns whether {@link #money(Money, boolean, boolean)} formats an amount with a minus sign. */
    public boolean negative(@Nullable Money money, boolean exact) {
        return money != null && Formats.isNegative(money, exact);
    }

    public String number(Number number) {
        return formats().number(number);
    }

    /** Formats a percentage with all its decimals. */
    public String rate(BigDecimal percent) {
        return formats().rate(percent);
    }

    public String percent(BigDecimal share) {
        return formats().percent(share);
    }

    /** Formats a number with one decimal. */
    public String tenths(BigDecimal number) {
        return formats().tenths(number);
    }

    /** Formats a date or moment in one of the styles of {@code app:date}. */
    public String date(Object value, String style) {
        if (!(value instanceof Instant instant)) {
            return formats().date(value);
        }
        return switch (style) {
            case "date" -> formats().date(instant);
            case "time" -> formats().time(instant);
            case "ago" -> formats().relative(instant, clock.instant());
            case "exact" -> formats().exact(instant);
            default -> formats().moment(instant);
        };
    }

    /** Returns the day of an instant in UTC, in which providers bill. */
    public LocalDate utcDay(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Returns the last day, in UTC, of a period that ends before an instant. */
    public LocalDate lastUtcDay(Instant end) {
        return utcDay(end.minusNanos(1));
    }

    /** Returns the name of a month without the year. */
    public String monthName(YearMonth month) {
        return month.getMonth().getDisplayName(TextStyle.FULL_STANDALONE, language.getLocale());
    }

    public String iso(Object value) {
        return formats().iso(value);
    }

    public String exact(Object value) {
        return value instanceof Instant instant
                ? formats().exact(instant)
                : formats().date(value);
    }

    public String span(Duration span) {
        return formats().span(span);
    }

    /** Formats an amount of memory or disk, such as {@code 1.4 GB}. */
    public String bytes(long bytes) {
        return formats().bytes(bytes);
    }

    /** Formats an amount of disk or transfer as plans state it: a GB has 1,024 MB. */
    public String size(long bytes) {
        return formats().size(bytes);
    }

    /** Formats a duration, such as {@code 3.4 ms} or {@code 2 min 10 s}. */
    public String took(Duration span) {
        return formats().took(span);
    }

    /** Returns when a wallet runs out, as text. */
    public String runway(@Nullable Instant until, boolean negative) {
        if (negative) {
            return text("runway.empty");
        }
        return until == null
                ? text("runway.endless")
                : text("runway.until", span(Duration.between(clock.instant(), until)));
    }

    /** Returns the tone of a wallet's runway. */
    public String runwayTone(@Nullable Instant until, boolean negative) {
        if (negative) {
            return "bad";
        }
        return until != null && Duration.between(clock.instant(), until).compareTo(RUNWAY_SHORT) < 0 ? "warn" : "";
    }

    /** Returns the text of a key without arguments. */
    public String text(String key) {
        return new Messages(language.getLocale()).text(key);
    }

    /** Returns the text of a key, if there is one, else the fallback. */
    public String textOr(String key, String fallback) {
        return new Messages(language.getLocale()).textOr(key, fallback);
    }

    /** Returns the text of a key with one argument. */
    public String text(String key, Object fact) {
        return new Messages(language.getLocale()).text(key, fact);
    }

    /** Returns the text of a key with two arguments. */
    public String text(String key, Object one, Object two) {
        return new Messages(language.getLocale()).text(key, one, two);
    }

    /** Returns the text of a key with three arguments. */
    public String text(String key, Object one, Object two, Object three) {
        return new Messages(language.getLocale()).text(key, one, two, three);
    }

    /** Converts Markdown to an HTML fragment that may be written unescaped. */
    public String markdown(String text) {
        return Markdown.part(text);
    }

    /** Returns an email address for display: its host decoded to Unicode, unless that is misleading. */
    public String email(@Nullable String address) {
        return address == null ? "" : EmailAddress.shown(address);
    }

    /** Returns the initials of a person's first and last name. */
    public String initials(String name) {
        return Formats.initials(name);
    }

    /** Returns the label of a state. */
    public String state(Object state) {
        var name = nameOf(state);
        return new Messages(language.getLocale()).textOr("status." + name, name);
    }

    /** Returns a state as addresses name it. */
    public String word(Object state) {
        return nameOf(state);
    }

    /** Returns the default tone of a state. */
    public String tone(Object state) {
        return StatusTone.of(nameOf(state)).css();
    }

    /** Returns the number of seconds after which a part that shows the state is refreshed; null if it is notified when the state changes. */
    public @Nullable Integer again(Object state) {
        return nameOf(state).equals(UNDER_WAY) ? AGAIN_SECONDS : null;
    }

    /** Returns the outline of a tone, on an area of ten by ten. */
    public String shape(String tone) {
        return StatusTone.named(tone).shape();
    }

    /** Returns the page's formats, for page classes that build texts themselves. */
    public Formats formats() {
        var known = formats;
        if (known == null) {
            known = new Formats(language.getLocale(), zone());
            formats = known;
        }
        return known;
    }

    /** Returns the zone of displayed times: the person's, else the tenant's, else UTC. */
    public ZoneId zone() {
        return me.zone().or(() -> tenant().map(Tenant::zone)).orElse(ZoneOffset.UTC);
    }

    /** Returns the zone of the reseller's ledger: days and months of accounts start by it, wherever the person is. */
    public ZoneId zoneOfBooks() {
        return tenant().map(Tenant::zone).orElse(ZoneOffset.UTC);
    }

    private Optional<Tenant> tenant() {
        return Tenancy.current().flatMap(Scope::tenant).flatMap(directory::byId);
    }

    private static String nameOf(Object state) {
        return (state instanceof Enum<?> constant ? constant.name() : state.toString())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
