package io.tenantry.web.staff;

import io.tenantry.brand.storefront.Storefront;
import io.tenantry.brand.storefront.StorefrontEditor;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The location of a region on the map of the website. */
@Named
@ViewScoped
public class RegionLocationPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    Storefront storefront;

    @Inject
    StorefrontEditor editor;

    @Inject
    Format format;

    private String code = "";
    private String name = "";
    private @Nullable BigDecimal latitude;
    private @Nullable BigDecimal longitude;

    /** Loads the current location. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_SETTINGS_MANAGE)) {
                throw new AccessDeniedException(Permission.STAFF_SETTINGS_MANAGE);
            }
            var region = storefront.regions().stream()
                    .filter(each -> each.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException("region", code));
            name = region.name();
            region.place().ifPresent(mapPoint -> {
                latitude = mapPoint.latitude();
                longitude = mapPoint.longitude();
            });
        });
    }

    /** Saves the location. */
    public void save() {
        var mapPoint = new Storefront.MapPoint(
                Objects.requireNonNullElse(latitude, BigDecimal.ZERO),
                Objects.requireNonNullElse(longitude, BigDecimal.ZERO));
        if (editor.locate(code, mapPoint) instanceof StorefrontEditor.Outcome.Invalid invalid) {
            for (var field : invalid.fields()) {
                var part = field.name().toLowerCase(Locale.ROOT);
                PageResult.refuse("place:" + part, format.text("site.fault." + part));
            }
        } else {
            PageResult.go("/staff/site#map", format.text("site.saved"));
        }
    }

    public String getName() {
        return name;
    }

    public String getCode() {
        return code;
    }

    public void setCode(@Nullable String code) {
        this.code = Objects.requireNonNullElse(code, "");
    }

    public @Nullable BigDecimal getLatitude() {
        return latitude;
    }

    public void setLatitude(@Nullable BigDecimal latitude) {
        this.latitude = latitude;
    }

    public @Nullable BigDecimal getLongitude() {
        return longitude;
    }

    public void setLongitude(@Nullable BigDecimal longitude) {
        this.longitude = longitude;
    }
}
