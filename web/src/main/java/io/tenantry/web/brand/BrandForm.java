package io.tenantry.web.brand;

import io.tenantry.brand.Brand;
import io.tenantry.brand.BrandDraft;
import io.tenantry.brand.Density;
import io.tenantry.brand.Font;
import io.tenantry.brand.SignInBackground;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of a brand, as entered. */
public class BrandForm implements Serializable {
    private static final long serialVersionUID = 1L;

    private String name = "";
    private String primary = "";
    private String secondary = "";
    private String accent = "";
    private String neutral = "";
    private String supportEmail = "";
    private String supportPhone = "";
    private String supportUrl = "";
    private String supportHours = "";
    private String senderName = "";
    private String senderAddress = "";
    private String replyTo = "";
    private Font font = Font.SYSTEM;
    private int radius;
    private Density density = Density.COMFORTABLE;
    private SignInBackground signInBackground = SignInBackground.DRAWING;
    private final List<Link> links = new ArrayList<>();

    /** A link in the footer. */
    public static class Link implements Serializable {
        private static final long serialVersionUID = 1L;

        private String label = "";
        private String url = "";

        public String getLabel() {
            return label;
        }

        public void setLabel(@Nullable String label) {
            this.label = Objects.requireNonNullElse(label, "");
        }

        public String getUrl() {
            return url;
        }

        public void setUrl(@Nullable String url) {
            this.url = Objects.requireNonNullElse(url, "");
        }

        /** Whether the link is empty. */
        public boolean isEmpty() {
            return label.isBlank() && url.isBlank();
        }
    }

    /** Fills the fields from a brand. */
    void of(Brand brand) {
        name = brand.name();
        primary = brand.primary().hex();
        secondary = brand.secondary().hex();
        accent = brand.accent().hex();
        neutral = brand.style().neutral().hex();
        font = brand.style().font();
        radius = brand.style().radius();
        density = brand.style().density();
        signInBackground = brand.style().backdrop();
        supportEmail = brand.contact().email();
        supportPhone = brand.contact().phone();
        supportUrl = brand.contact().url();
        supportHours = brand.contact().hours();
        senderName = brand.contact().senderName();
        senderAddress = brand.contact().senderAddress();
        replyTo = brand.contact().replyTo();
        links.clear();
        for (var i = 0; i < BrandDraft.LINKS_MAX; i++) {
            var link = new Link();
            if (i < brand.links().size()) {
                link.setLabel(brand.links().get(i).label());
                link.setUrl(brand.links().get(i).url());
            }
            links.add(link);
        }
    }

    /** Returns the fields for links, up to the maximum number. */
    public List<Link> getLinks() {
        return links;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getPrimary() {
        return primary;
    }

    public void setPrimary(@Nullable String primary) {
        this.primary = Objects.requireNonNullElse(primary, "");
    }

    public String getSecondary() {
        return secondary;
    }

    public void setSecondary(@Nullable String secondary) {
        this.secondary = Objects.requireNonNullElse(secondary, "");
    }

    public String getAccent() {
        return accent;
    }

    public void setAccent(@Nullable String accent) {
        this.accent = Objects.requireNonNullElse(accent, "");
    }

    public String getNeutral() {
        return neutral;
    }

    public void setNeutral(@Nullable String neutral) {
        this.neutral = Objects.requireNonNullElse(neutral, "");
    }

    public String getSupportEmail() {
        return supportEmail;
    }

    public void setSupportEmail(@Nullable String supportEmail) {
        this.supportEmail = Objects.requireNonNullElse(supportEmail, "");
    }

    public String getSupportPhone() {
        return supportPhone;
    }

    public void setSupportPhone(@Nullable String supportPhone) {
        this.supportPhone = Objects.requireNonNullElse(supportPhone, "");
    }

    public String getSupportUrl() {
        return supportUrl;
    }

    public void setSupportUrl(@Nullable String supportUrl) {
        this.supportUrl = Objects.requireNonNullElse(supportUrl, "");
    }

    public String getSupportHours() {
        return supportHours;
    }

    public void setSupportHours(@Nullable String supportHours) {
        this.supportHours = Objects.requireNonNullElse(supportHours, "");
    }

    public String getSenderName() {
        return senderName;
    }

    public void setSenderName(@Nullable String senderName) {
        this.senderName = Objects.requireNonNullElse(senderName, "");
    }

    public String getSenderAddress() {
        return senderAddress;
    }

    public void setSenderAddress(@Nullable String senderAddress) {
        this.senderAddress = Objects.requireNonNullElse(senderAddress, "");
    }

    public String getReplyTo() {
        return replyTo;
    }

    public void setReplyTo(@Nullable String replyTo) {
        this.replyTo = Objects.requireNonNullElse(replyTo, "");
    }

    public Font getFont() {
        return font;
    }

    public void setFont(Font font) {
        this.font = font;
    }

    public int getRadius() {
        return radius;
    }

    public void setRadius(int radius) {
        this.radius = radius;
    }

    public Density getDensity() {
        return density;
    }

    public void setDensity(Density density) {
        this.density = density;
    }

    public SignInBackground getBackdrop() {
        return signInBackground;
    }

    public void setBackdrop(SignInBackground signInBackground) {
        this.signInBackground = signInBackground;
    }
}
