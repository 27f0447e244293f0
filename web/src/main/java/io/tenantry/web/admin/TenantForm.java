package io.tenantry.web.admin;

import io.tenantry.admin.platform.TenantDraft;
import io.tenantry.text.InputText;
import java.io.Serializable;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operator's entries for a new reseller. Slug and host follow the name until they are edited. */
public class TenantForm implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SLUG_MAX = 30;

    private final String hostSuffix;
    private String name = "";
    private String slug = "";
    private String hosts = "";
    private String currency = "EUR";
    private String zone = "Europe/Berlin";
    private String locale = "en-GB";
    private String primary = "#4f46e5";
    private String secondary = "#0ea5e9";
    private String accent = "#f59e0b";
    private byte @Nullable [] logo;
    private String staffName = "";
    private String staffEmail = "";
    private String suggestedSlug = "";
    private String suggestedHosts = "";

    /** Creates an empty form; hosts are suggested as siblings of the platform's host. */
    TenantForm(String platformHost) {
        var dot = platformHost.indexOf('.');
        hostSuffix = dot < 0 ? "" : platformHost.substring(dot);
    }

    /** Derives slug and host from the name, unless they were edited. */
    void suggest() {
        if (slug.equals(suggestedSlug)) {
            suggestedSlug = slugOf(name);
            slug = suggestedSlug;
        }
        suggestHost();
    }

    /** Derives the host from the slug, unless it was edited. */
    void suggestHost() {
        if (hosts.equals(suggestedHosts)) {
            suggestedHosts = slug.isEmpty() || hostSuffix.isEmpty() ? "" : slug + hostSuffix;
            hosts = suggestedHosts;
        }
    }

    TenantDraft draft() {
        return new TenantDraft(
                slug,
                name,
                hostsTyped(),
                currency,
                zone,
                locale,
                primary,
                secondary,
                accent,
                Optional.ofNullable(logo),
                staffName,
                staffEmail);
    }

    /** Reduces a name to the characters that a slug may contain: {@code Müller & Söhne} becomes {@code muller-sohne}. */
    static String slugOf(String name) {
        var plain = Normalizer.normalize(name.replace("ß", "ss"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+", "");
        var cut = InputText.cut(plain, SLUG_MAX);
        return cut.replaceAll("-+$", "");
    }

    private List<String> hostsTyped() {
        return Arrays.stream(hosts.split("[\\s,;]+"))
                .filter(host -> !host.isBlank())
                .distinct()
                .toList();
    }

    private static String typed(@Nullable String text) {
        return Objects.requireNonNullElse(text, "").strip();
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = typed(name);
    }

    public String getSlug() {
        return slug;
    }

    public void setSlug(@Nullable String slug) {
        this.slug = typed(slug).toLowerCase(Locale.ROOT);
    }

    public String getHosts() {
        return hosts;
    }

    public void setHosts(@Nullable String hosts) {
        this.hosts = typed(hosts);
    }

    public String getCurrency() {
        return currency;
    }

    public void setCurrency(@Nullable String currency) {
        this.currency = typed(currency);
    }

    public String getZone() {
        return zone;
    }

    public void setZone(@Nullable String zone) {
        this.zone = typed(zone);
    }

    public String getLocale() {
        return locale;
    }

    public void setLocale(@Nullable String locale) {
        this.locale = typed(locale);
    }

    public String getPrimary() {
        return primary;
    }

    public void setPrimary(@Nullable String primary) {
        this.primary = typed(primary).toLowerCase(Locale.ROOT);
    }

    public String getSecondary() {
        return secondary;
    }

    public void setSecondary(@Nullable String secondary) {
        this.secondary = typed(secondary).toLowerCase(Locale.ROOT);
    }

    public String getAccent() {
        return accent;
    }

    public void setAccent(@Nullable String accent) {
        this.accent = typed(accent).toLowerCase(Locale.ROOT);
    }

    public String getStaffName() {
        return staffName;
    }

    public void setStaffName(@Nullable String staffName) {
        this.staffName = typed(staffName);
    }

    public String getStaffEmail() {
        return staffEmail;
    }

    public void setStaffEmail(@Nullable String staffEmail) {
        this.staffEmail = typed(staffEmail);
    }

    Optional<byte[]> logo() {
        return Optional.ofNullable(logo);
    }

    void logo(byte @Nullable [] png) {
        logo = png;
    }
}
