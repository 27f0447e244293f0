package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.Actor;
import jakarta.servlet.annotation.WebServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaTest {
    @ParameterizedTest
    @CsvSource({
        "/, PUBLIC",
        "/sign-in, PUBLIC",
        "/sign-in.xhtml, PUBLIC",
        "/console, PUBLIC",
        "/console/tenants/new, UNKNOWN",
        "/console/runs.xhtml, UNKNOWN",
        "/docs, UNKNOWN",
        "/brand/picture, PUBLIC",
        "/brands, UNKNOWN",
        "/jakarta.faces.resource/app.css, PUBLIC",
        "/portal, PORTAL",
        "/portal/, PORTAL",
        "/portal/services.xhtml, PORTAL",
        "/portals, UNKNOWN",
        "/staff/customers, STAFF",
        "/faces/staff/customers.xhtml, STAFF",
        "/faces/faces/staff/customers.xhtml, UNKNOWN",
        "/admin/runs, ADMIN",
        "/api/v1/services, API",
    })
    void isDeterminedByPath(String path, Area area) {
        assertThat(Area.of(path)).isEqualTo(area);
    }

    @Test
    void everyPageAndServletBelongsToSurface() throws IOException, ClassNotFoundException {
        var paths = new ArrayList<String>();
        var pages = Path.of("src/main/webapp");
        try (var files = Files.walk(pages)) {
            files.map(file -> "/" + pages.relativize(file))
                    .filter(path -> path.endsWith(".xhtml") && !path.startsWith("/WEB-INF/"))
                    .forEach(paths::add);
        }
        var sources = Path.of("src/main/java");
        try (var files = Files.walk(sources)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains("@WebServlet")) {
                    var name = sources.relativize(file)
                            .toString()
                            .replace('/', '.')
                            .replaceAll("\\.java$", "");
                    var servlet = Class.forName(name).getAnnotation(WebServlet.class);
                    paths.addAll(Arrays.asList(servlet.value()));
                    paths.addAll(Arrays.asList(servlet.urlPatterns()));
                }
            }
        }
        assertThat(paths).hasSizeGreaterThan(200);
        assertThat(paths)
                .filteredOn(path -> Area.of(path.isEmpty() ? "/" : path) == Area.UNKNOWN)
                .isEmpty();
    }

    @Test
    void unknownPathExistsOnNoHost() {
        assertThat(Area.UNKNOWN.existsOn(true)).isFalse();
        assertThat(Area.UNKNOWN.existsOn(false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"MEMBER, PORTAL, /portal", "STAFF, STAFF, /staff", "OPERATOR, ADMIN, /admin"})
    void everyActorKindHasOneHome(Actor.Kind kind, Area home, String path) {
        assertThat(Area.homeOf(kind)).isEqualTo(home);
        assertThat(home.home()).isEqualTo(path);
        for (var area : Area.values()) {
            assertThat(area.admits(kind)).isEqualTo(area == home || !area.asksForSignIn());
        }
    }

    @Test
    void adminExistsOnlyOnPlatformHost() {
        assertThat(Area.ADMIN.existsOn(true)).isTrue();
        assertThat(Area.ADMIN.existsOn(false)).isFalse();
        assertThat(Area.PORTAL.existsOn(true)).isFalse();
        assertThat(Area.STAFF.existsOn(true)).isFalse();
    }
}
