package io.tenantry.web.shell;

import java.util.List;

/** The navigation of each of the three surfaces: which places there are, and in which order. */
public enum Navigation {
    /** A customer's members. */
    PORTAL("/portal", "building") {
        @Override
        public List<Section> sections() {
            return List.of(new Section(
                    "",
                    List.of(
                            new Destination("/portal", "home", "nav.dashboard"),
                            new Destination("/portal/services", "server", "nav.services")
                                    .with("/portal/service", "/portal/order"),
                            new Destination("/portal/wallet", "wallet", "nav.wallet"))));
        }
    },
    /** The reseller's staff. */
    STAFF("/staff", "building") {
        @Override
        public List<Section> sections() {
            return List.of(new Section(
                    "",
                    List.of(
                            new Destination("/staff", "home", "nav.dashboard"),
                            new Destination("/staff/customers", "people", "nav.customers")
                                    .with("/staff/customer", "/staff/add-customer", "/staff/service", "/staff/order"),
                            new Destination("/staff/plans", "layers", "nav.plans")
                                    .with("/staff/plan", "/staff/add-plan"))));
        }
    },
    /** The platform's operators. */
    CONSOLE("/console", "layers") {
        @Override
        public List<Section> sections() {
            return List.of(
                    new Section(
                            "",
                            List.of(
                                    new Destination("/console", "home", "nav.overview"),
                                    new Destination("/console/tenants", "building", "nav.tenants"))),
                    new Section(
                            "nav.operation",
                            List.of(
                                    new Destination("/console/runs", "refresh", "nav.runs").inShort("nav.runs.short"),
                                    new Destination("/console/auditor", "shield", "nav.auditor"),
                                    new Destination("/console/health", "pulse", "nav.health"))),
                    new Section(
                            "nav.access",
                            List.of(
                                    new Destination("/console/audit", "list", "nav.audit"),
                                    new Destination("/console/keys", "key", "nav.keys"))));
        }
    };

    private final String path;
    private final String icon;

    Navigation(String path, String icon) {
        this.path = path;
        this.icon = icon;
    }

    /** Its navigation, in order. */
    public abstract List<Section> sections();

    /** Its first page; its other pages are below. */
    public String getPath() {
        return path;
    }

    /** What stands for it beside the name of whose it is. */
    public String getIcon() {
        return icon;
    }

    /** The key of its name. */
    public String getLabel() {
        return "surface." + path.substring(1);
    }

    /** The surface that a path belongs to; pages outside all of them are shown with the portal's frame. */
    static Navigation of(String path) {
        for (var surface : values()) {
            if (path.equals(surface.path) || path.startsWith(surface.path + "/")) {
                return surface;
            }
        }
        return PORTAL;
    }
}
