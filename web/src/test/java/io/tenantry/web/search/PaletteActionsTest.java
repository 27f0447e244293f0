package io.tenantry.web.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Navigation;
import io.tenantry.web.layout.NavigationItem;
import io.tenantry.web.layout.PageTexts;
import io.tenantry.web.search.PaletteActions.ActionScope;
import io.tenantry.web.search.PaletteActions.Offer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaletteActionsTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern ACTION = Pattern.compile("viewAction action=\"#\\{(\\w+)\\.(\\w+)");

    @ParameterizedTest
    @EnumSource(Navigation.class)
    void eachLeadsToPageOfItsSurface(Navigation surface) {
        assertThat(all(surface)).isNotEmpty().allSatisfy(offer -> {
            assertThat(offer.path()).startsWith(surface.getPath() + "/");
            assertThat(Files.exists(PAGES.resolve(offer.path().substring(1) + ".xhtml")))
                    .as(offer.path())
                    .isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource(Navigation.class)
    void eachRequiresPermissionOfItsSurface(Navigation surface) {
        var rights = switch (surface) {
            case PORTAL -> Permission.OF_ORGANIZATIONS;
            case STAFF -> Permission.OF_STAFF;
            case ADMIN -> Permission.OF_OPERATORS;
        };
        assertThat(all(surface)).flatExtracting(Offer::needs).isSubsetOf(rights);
    }

    @ParameterizedTest
    @EnumSource(Navigation.class)
    void eachHasLabelInBothLanguages(Navigation surface) {
        for (var language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            var words = ResourceBundle.getBundle(PageTexts.class.getName(), language);
            assertThat(all(surface))
                    .allSatisfy(offer -> assertThat(words.containsKey(offer.label()))
                            .as(offer.label())
                            .isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource(Navigation.class)
    void noPageIsOfferedTwice(Navigation surface) {
        var navigated = surface.sections().stream()
                .flatMap(navigationSection -> navigationSection.destinations().stream())
                .map(NavigationItem::path)
                .toList();
        assertThat(PaletteActions.pages(surface))
                .extracting(Offer::path)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(navigated);
    }

    /** A page that refuses to open without a specific parameter exists for some brands only. */
    @ParameterizedTest
    @EnumSource(Navigation.class)
    void offersNoPageThatOnlySomeBrandsHave(Navigation surface) throws IOException {
        var refusing = new TreeSet<String>();
        for (var path : Stream.concat(
                        all(surface).stream().map(Offer::path),
                        surface.sections().stream()
                                .flatMap(navigationSection -> navigationSection.destinations().stream())
                                .map(NavigationItem::path))
                .toList()) {
            if (refuses(path)) {
                refusing.add(path);
            }
        }
        assertThat(all(surface).stream()
                        .filter(offer -> offer.where() != ActionScope.EVERYWHERE)
                        .map(Offer::path))
                .containsExactlyInAnyOrderElementsOf(refusing);
    }

    private static boolean refuses(String path) throws IOException {
        var page = PAGES.resolve(path.substring(1) + ".xhtml");
        var markup = Files.readString(Files.exists(page) ? page : PAGES.resolve(path.substring(1) + "/index.xhtml"));
        for (var action : ACTION.matcher(markup).results().toList()) {
            var bean = action.group(1);
            var name = bean.substring(0, 1).toUpperCase(Locale.ROOT) + bean.substring(1) + ".java";
            try (var sources = Files.walk(Path.of("src/main/java"))) {
                var source = sources.filter(file -> file.endsWith(name)).findFirst();
                if (source.isPresent()
                        && Pattern.compile(
                                        "void " + action.group(2) + "\\(\\) \\{(?:(?!\n    }).)*new NotFoundException",
                                        Pattern.DOTALL)
                                .matcher(Files.readString(source.get()))
                                .find()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Offer> all(Navigation surface) {
        return Stream.concat(PaletteActions.pages(surface).stream(), PaletteActions.actions(surface).stream())
                .toList();
    }
}
