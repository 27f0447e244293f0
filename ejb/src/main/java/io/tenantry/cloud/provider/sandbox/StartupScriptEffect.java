package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderScripts.Question;
import io.tenantry.cloud.provider.ProviderScripts.Script;
import io.tenantry.cloud.provider.sandbox.shell.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A start-up script, whose effect is a file.
 *
 * @param content creates the content from the answers, by the name of their question
 */
record StartupScriptEffect(Script script, String path, Function<Map<String, String>, String> content) {
    /** The first character of a program and of cloud-init formats, but not of a script's name. */
    private static final String OWN = "#";

    private static final int ANSWER_MAX = 1_000;

    static final List<StartupScriptEffect> ALL = List.of(
            new StartupScriptEffect(
                    new Script(
                            "greeting",
                            "Greeting",
                            "Greets whoever logs in.",
                            List.of(),
                            List.of(new Question(
                                    "greeting", "Words of greeting", "Welcome!", List.of(), false, Optional.empty()))),
                    "/etc/motd",
                    answers -> answers.get("greeting") + "\n"),
            new StartupScriptEffect(
                    new Script(
                            "website",
                            "Web server",
                            "A web server with a first page.",
                            List.of("debian-13", "debian-12", "ubuntu-24.04", "ubuntu-22.04"),
                            List.of(
                                    new Question(
                                            "server",
                                            "Which web server",
                                            "nginx",
                                            List.of("nginx", "apache"),
                                            false,
                                            Optional.of("nginx")),
                                    new Question(
                                            "title",
                                            "Title of the page",
                                            "Hello",
                                            List.of(),
                                            false,
                                            Optional.of("Hello")))),
                    "/var/www/index.html",
                    answers -> "<!-- served by " + answers.get("server") + " -->\n<h1>" + answers.get("title")
                            + "</h1>\n"));

    /**
     * Returns the script that a specification names, or the specification's own script, which is stored where cloud-init stores it.
     *
     * @throws ProviderFailure INVALID if there is no such script, or not for that image
     */
    static StartupScriptEffect of(String id, String image) {
        if (id.startsWith(OWN)) {
            return new StartupScriptEffect(
                    new Script("", "", "", List.of(), List.of()),
                    "/var/lib/cloud/instance/user-data.txt",
                    answers -> id + "\n");
        }
        return ALL.stream()
                .filter(one -> one.script.id().equals(id))
                .filter(one ->
                        one.script.images().isEmpty() || one.script.images().contains(image))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.INVALID, "there is no script " + id + " for " + image));
    }

    /** Stores its file on a server. */
    void run(Files files, Map<String, String> options, Instant at) {
        files.place(path, content.apply(answers(options)), at);
    }

    /**
     * Returns each question with its answer.
     *
     * @throws ProviderFailure INVALID if one is missing or not among the choices
     */
    Map<String, String> answers(Map<String, String> options) {
        var answers = new HashMap<String, String>();
        for (var question : script.questions()) {
            var answer = Optional.ofNullable(options.get(question.name()))
                    .or(question::byDefault)
                    .orElseThrow(() -> new ProviderFailure(Reason.INVALID, "not answered: " + question.label()));
            var isChoice = question.choices().isEmpty() || question.choices().contains(answer);
            if (answer.length() > ANSWER_MAX || !isChoice) {
                throw new ProviderFailure(Reason.INVALID, "not an answer to: " + question.label());
            }
            answers.put(question.name(), answer);
        }
        return answers;
    }
}
