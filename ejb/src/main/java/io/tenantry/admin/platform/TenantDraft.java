package io.tenantry.admin.platform;

import io.tenantry.brand.Colour;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.people.identity.EmailAddress;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import io.tenantry.text.HostName;
import io.tenantry.text.InputText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator fills in for a new reseller. All values are as typed; {@link #faults} tells field by field what is wrong.
 *
 * @param hosts the first is the primary one
 * @param primary colour as {@code #rrggbb}; made readable where text stands on it
 * @param logo PNG made by {@code ImageUpload}, if there is one
 * @param staffEmail the first staff person, who becomes the reseller's owner
 */
public record TenantDraft(
        String slug,
        String name,
        List<String> hosts,
        String currency,
        String zone,
        String locale,
        String primary,
        String secondary,
        String accent,
        Optional<byte[]> logo,
        String staffName,
        String staffEmail) {

    /** Languages that pages and mails speak. */
    public static final Set<String> LANGUAGES = Set.of("en", "de");

    private static final Set<String> RESERVED = Set.of(
            "platform",
            "work",
            "batch",
            "public",
            "admin",
            "api",
            "www",
            "mail",
            "root",
            "system",
            "tenantry",
            "console",
            "staff",
            "portal",
            "support",
            "status",
            "login",
            "auth",
            "nobody",
            "postgres",
            "information-schema");
    /** A reseller has no more hosts at the beginning. */
    static final int HOSTS_MAX = 50;

    private static final int NAME_MAX = 60;
    private static final int STAFF_NAME_MAX = 100;

    public TenantDraft {
        hosts = hosts.stream().map(TenantDraft::asciiHost).toList();
    }

    /** Fields that can be wrong. */
    public enum Field {
        SLUG,
        NAME,
        HOSTS,
        CURRENCY,
        ZONE,
        LOCALE,
        PRIMARY,
        SECONDARY,
        ACCENT,
        STAFF_NAME,
        STAFF_EMAIL
    }

    /** What is wrong with a field. */
    public enum Why {
        /** Not of the form that is allowed. */
        MALFORMED,
        /** Kept for the platform. */
        RESERVED,
        /** Another tenant has it. */
        TAKEN,
        /** Needed, but empty. */
        MISSING,
        /** Not one that is known. */
        UNKNOWN,
        /** More than it may have. */
        TOO_MANY
    }

    /** One thing that is wrong: at which field, why, and the value found. */
    public record Fault(Field field, Why why, String found) {}

    /** All that is wrong with this draft beside the tenants that exist. */
    public List<Fault> faults(List<Tenant> existing, String platformHost) {
        var faults = new ArrayList<Fault>();
        slugFault(existing).ifPresent(why -> faults.add(new Fault(Field.SLUG, why, slug)));
        if (!isName(name)) {
            faults.add(new Fault(Field.NAME, name.isBlank() ? Why.MISSING : Why.MALFORMED, name));
        }
        if (hosts.isEmpty()) {
            faults.add(new Fault(Field.HOSTS, Why.MISSING, ""));
        }
        if (hosts.size() > HOSTS_MAX) {
            faults.add(new Fault(Field.HOSTS, Why.TOO_MANY, String.valueOf(hosts.size())));
        }
        for (var host : hosts.subList(0, Math.min(hosts.size(), HOSTS_MAX))) {
            hostFault(host, existing, platformHost).ifPresent(why -> faults.add(new Fault(Field.HOSTS, why, host)));
        }
        if (CurrencyUnits.current().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
            faults.add(new Fault(Field.CURRENCY, Why.UNKNOWN, currency));
        }
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            faults.add(new Fault(Field.ZONE, Why.UNKNOWN, zone));
        }
        if (!isLocale(locale)) {
            faults.add(new Fault(Field.LOCALE, Why.UNKNOWN, locale));
        }
        colourFault(Field.PRIMARY, primary).ifPresent(faults::add);
        colourFault(Field.SECONDARY, secondary).ifPresent(faults::add);
        colourFault(Field.ACCENT, accent).ifPresent(faults::add);
        if (staffName.isBlank()
                || staffName.strip().length() > STAFF_NAME_MAX
                || !InputText.isLine(staffName.strip())) {
            faults.add(new Fault(Field.STAFF_NAME, staffName.isBlank() ? Why.MISSING : Why.MALFORMED, staffName));
        }
        if (staffEmail.isBlank()) {
            faults.add(new Fault(Field.STAFF_EMAIL, Why.MISSING, ""));
        } else if (EmailAddress.of(staffEmail).isEmpty()) {
            faults.add(new Fault(Field.STAFF_EMAIL, Why.MALFORMED, staffEmail));
        }
        return List.copyOf(faults);
    }

    /** A language, with a script and a country if need be; extensions and variants would change digits and calendars. */
    private static boolean isLocale(String tag) {
        var locale = Locale.forLanguageTag(tag);
        return LANGUAGES.contains(locale.getLanguage())
                && !locale.hasExtensions()
                && locale.getVariant().isEmpty()
                && locale.toLanguageTag().equalsIgnoreCase(tag);
    }

    private Optional<Why> slugFault(List<Tenant> existing) {
        if (slug.isBlank()) {
            return Optional.of(Why.MISSING);
        }
        if (!TenantId.isSlug(slug)) {
            return Optional.of(Why.MALFORMED);
        }
        if (RESERVED.contains(slug)) {
            return Optional.of(Why.RESERVED);
        }
        return existing.stream().anyMatch(tenant -> tenant.id().value().equals(slug))
                ? Optional.of(Why.TAKEN)
                : Optional.empty();
    }

    /** Whether a reseller can be called that. */
    static boolean isName(String name) {
        return !name.isBlank() && name.strip().length() <= NAME_MAX && InputText.isLine(name.strip());
    }

    /** Why a host cannot be a reseller's, beside the hosts of all. */
    static Optional<Why> hostFault(String host, List<Tenant> existing, String platformHost) {
        if (host.length() > 253
                || !host.matches("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")) {
            return Optional.of(Why.MALFORMED);
        }
        if (host.equals(platformHost)) {
            return Optional.of(Why.RESERVED);
        }
        return existing.stream().anyMatch(tenant -> tenant.hosts().contains(host))
                ? Optional.of(Why.TAKEN)
                : Optional.empty();
    }

    private static Optional<Fault> colourFault(Field field, String colour) {
        return Colour.isColour(colour.strip().toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(new Fault(field, Why.MALFORMED, colour));
    }

    /** Names in other scripts are kept in their ASCII form, as browsers send them; what cannot be is left for the faults. */
    static String asciiHost(String typed) {
        return HostName.ascii(typed).orElseGet(() -> InputText.searchTerm(typed).toLowerCase(Locale.ROOT));
    }
}
