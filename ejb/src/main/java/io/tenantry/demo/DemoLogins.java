package io.tenantry.demo;

import io.tenantry.config.Settings;
import io.tenantry.demo.DemoBrand.Customer;
import io.tenantry.demo.DemoBrand.Person;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The sign-ins of the demo. These persons exist only there, and their password is not secret. */
@ApplicationScoped
public class DemoLogins {
    /** The password of all persons of the demo, used nowhere else. */
    static final String PASSWORD = "northern-lights-61";

    static final Person OPERATOR = new Person("Olga Platform", "operator@tenantry.example", "operator_owner");

    private static final int CUSTOMERS_SHOWN = 2;

    @Inject
    Settings settings;

    /** One sign-in. */
    record Login(String what, String url, String email, String password) {}

    /** For the launcher: writes the sign-ins to the configured file, if there is one. */
    void write() {
        if (settings.demoLoginsFile().isEmpty()) {
            return;
        }
        var file = Path.of(settings.demoLoginsFile()).toAbsolutePath();
        try {
            Files.createDirectories(file.resolveSibling("."));
            var written = Files.createTempFile(file.resolveSibling("."), "logins", ".tmp");
            Files.write(written, lines(all()));
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("tenantry.demo.logins-file: cannot write " + file, failure);
        }
    }

    /** Returns the operator's sign-in, and for each brand those of its staff and of two customers. */
    List<Login> all() {
        var all = new ArrayList<Login>();
        all.add(login("Platform console, operator", settings.platformHost(), OPERATOR));
        for (var brand : DemoBrand.ALL) {
            for (var person : brand.staff()) {
                all.add(login(brand.title() + ", staff (" + person.role().substring(6) + ")", brand.host(), person));
            }
            shown(brand)
                    .forEach(customer ->
                            all.add(login(brand.title() + ", " + customer.name(), brand.host(), customer.owner())));
        }
        return List.copyOf(all);
    }

    /** Returns a line for each, in columns. */
    static List<String> lines(List<Login> logins) {
        var format = "%-" + widest(logins, Login::what) + "s  %-" + widest(logins, Login::url) + "s  %-"
                + widest(logins, Login::email) + "s  %s";
        return logins.stream()
                .map(login ->
                        String.format(Locale.ROOT, format, login.what(), login.url(), login.email(), login.password()))
                .toList();
    }

    private static int widest(List<Login> logins, Function<Login, String> column) {
        return logins.stream().map(column).mapToInt(String::length).max().orElse(1);
    }

    private static Stream<Customer> shown(DemoBrand brand) {
        return brand.customers().stream().limit(CUSTOMERS_SHOWN);
    }

    private Login login(String what, String host, Person person) {
        return new Login(what, settings.origin(host) + "/sign-in", person.email(), PASSWORD);
    }
}
