package io.tenantry.web.promise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All existing addresses: pages by their files, servlets and sockets by their annotations, and the resources of the API. */
final class Routes {
    static final Path PAGES = Path.of("src/main/webapp");
    static final List<Path> SOURCES = List.of(Path.of("src/main/java"), Path.of("../ejb/src/main/java"));

    private static final Pattern SERVLET =
            Pattern.compile("@(?:WebServlet|ServerEndpoint)\\(([^)]*)\\)", Pattern.DOTALL);
    private static final Pattern MAPPED = Pattern.compile("<url-pattern>(/[^<]*)</url-pattern>");
    private static final Pattern CONSTANT = Pattern.compile("String PATH = \"(/[^\"]+)\"");
    private static final Pattern QUOTED = Pattern.compile("\"(/[^\"{]*)");
    private static final Pattern RESOURCE = Pattern.compile("@Path\\(\"([^\"]+)\"\\)\\s*(?:@[^\\n]+\\s*)*public class");

    private final Set<String> known = new TreeSet<>();

    Routes() {
        read(PAGES, ".xhtml").forEach(page -> {
            var name = PAGES.relativize(page).toString().replace(".xhtml", "");
            if (!name.startsWith("WEB-INF") && !name.startsWith("resources")) {
                known.add("/" + name.replaceAll("(^|/)index$", ""));
            }
        });
        known.add("/"); // The storefront's first page, or the sign-in page of the platform.
        known.add("/api/v1/openapi.json");
        read(SOURCES.get(0), ".java").forEach(source -> {
            var text = text(source);
            SERVLET.matcher(text)
                    .results()
                    .forEach(found -> QUOTED.matcher(found.group(1))
                            .results()
                            .forEach(path -> known.add(path.group(1).replaceAll("/$", ""))));
            if (text.contains("@WebServlet(") || text.contains("@ServerEndpoint(")) {
                CONSTANT.matcher(text).results().forEach(path -> known.add(path.group(1)));
            }
            RESOURCE.matcher(text)
                    .results()
                    .forEach(path -> known.add("/api/v1/" + path.group(1).replaceAll("^/|/$", "")));
        });
        MAPPED.matcher(text(PAGES.resolve("WEB-INF/web.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(path -> !path.contains("*"))
                .forEach(known::add);
    }

    /** Returns whether an address exists; query and fragment are ignored. */
    boolean answers(String address) {
        var path = address.replaceAll("[?#].*", "").replaceAll("(?<=.)/$", "");
        return known.contains(path)
                || known.stream().anyMatch(one -> one.startsWith(path + ".")); // A file, in one of several formats.
    }

    /** Returns whether a prefix of a concatenated address leads to an existing one. */
    boolean leadsOn(String beginning) {
        return known.stream().anyMatch(path -> path.startsWith(beginning));
    }

    static List<Path> read(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).collect(Collectors.toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
