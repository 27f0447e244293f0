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
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Formats} for pages: in the page's language and time zone, relative to now. */
@RequestScoped
@Named
public class Format {
    /** The tone of an action that is in progress: it may be over before the page that shows it listens. */
    private static final String UNDER_WAY = "working";

    private static final int AGAIN_SECONDS = 4;

    /** A wallet that lasts less than this needs attention. */
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

    /** An amount in a column of such, with so many decimals. */
    public String exactly(Money money, int decimals, boolean signed) {
        return formats().exactly(money, decimals, signed);
    }

    /** An hourly rate for comparing: four decimals. */
    public String rate(Money money) {
        return formats().rate(money);
    }

    /** Whether {@link #money(Money, boolean, boolean)} writes an amount with a minus. */
    public boolean negative(@Nullable Money money, boolean exact) {
        return money != null && Formats.isNegative(money, exact);
    }

    public String number(Number number) {
        return formats().number(number);
    }

    /** A percentage, to its last decimal. */
    public String rate(BigDecimal percent) {
        return formats().rate(percent);
    }

    public String percent(BigDecimal share) {
        return formats().percent(share);
    }

    /** A number to a tenth. */
    public String tenths(BigDecimal number) {
        return formats().tenths(number);
    }

    /** A date or moment in one of the styles of {@code app:date}. */
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

    /** A month's name without the year. */
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

    /** An amount of memory or disk, such as {@code 1.4 GB}. */
    public String bytes(long bytes) {
        return formats().bytes(bytes);
    }

    /** An amount of disk or transfer as plans name it: a GB has 1,024 MB. */
    public String size(long bytes) {
        return formats().size(bytes);
    }

    /** How long something took, such as {@code 3.4 ms} or {@code 2 min 10 s}. */
    public String took(Duration span) {
        return formats().took(span);
    }

    /** When a wallet runs out, in words. */
    public String runway(@Nullable Instant until, boolean negative) {
        if (negative) {
            return text("runway.empty");
        }
        return until == null
                ? text("runway.endless")
                : text("runway.until", span(Duration.between(clock.instant(), until)));
    }

    /** How much attention that needs. */
    public String runwayTone(@Nullable Instant until, boolean negative) {
        if (negative) {
            return "bad";
        }
        return until != null && Duration.between(clock.instant(), until).compareTo(RUNWAY_SHORT) < 0 ? "warn" : "";
    }

    /** The text of a key without facts to fill in. */
    public String text(String key) {
        return new Messages(language.getLocale()).text(key);
    }

    /** The text of a key with one fact filled in. */
    public String text(String key, Object fact) {
        return new Messages(language.getLocale()).text(key, fact);
    }

    /** The text of a key with two facts filled in. */
    public String text(String key, Object one, Object two) {
        return new Messages(language.getLocale()).text(key, one, two);
    }

    /** The text of a key with three facts filled in. */
    public String text(String key, Object one, Object two, Object three) {
        return new Messages(language.getLocale()).text(key, one, two, three);
    }

    /** A text in Markdown as HTML within a page, that may be written unescaped. */
    public String markdown(String text) {
        return Markdown.part(text);
    }

    /** An e-mail address for people: its host in letters, where that misleads nobody. */
    public String email(@Nullable String address) {
        return address == null ? "" : EmailAddress.shown(address);
    }

    /** First letters of a person's first and last name. */
    public String initials(String name) {
        return Formats.initials(name);
    }

    /** A state's word. */
    public String state(Object state) {
        var name = nameOf(state);
        return new Messages(language.getLocale()).textOr("status." + name, name);
    }

    /** A state as addresses name it. */
    public String word(Object state) {
        return nameOf(state);
    }

    /** A state's usual tone. */
    public String tone(Object state) {
        return StatusTone.of(nameOf(state)).css();
    }

    /** After how many seconds a part that shows the state is to be asked for again; null if it is told when the state changes. */
    public @Nullable Integer again(Object state) {
        return nameOf(state).equals(UNDER_WAY) ? AGAIN_SECONDS : null;
    }

    /** The outline of a tone, in ten by ten. */
    public String shape(String tone) {
        return StatusTone.named(tone).shape();
    }

    /** The page's formats, for page classes that build texts themselves. */
    public Formats formats() {
        var known = formats;
        if (known == null) {
            known = new Formats(language.getLocale(), zone());
            formats = known;
        }
        return known;
    }

    /** The zone that times are shown in: the person's, else the tenant's, else UTC. */
    public ZoneId zone() {
        return me.zone().or(() -> tenant().map(Tenant::zone)).orElse(ZoneOffset.UTC);
    }

    /** The zone of the reseller's books: days and months of accounts begin by it, wherever the person is. */
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
