package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import io.tenantry.text.InputText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Elements of an XML document by their local names. Documents with a document type declaration are rejected, so that no file can refer to
 * another file or expand entities; their depth is bounded.
 */
final class Elements {
    private static final String DEPTH = "http://www.oracle.com/xml/jaxp/properties/maxElementDepth";
    private static final String DEPTH_MAX = "64";
    /** Maximum length of texts, which are truncated beyond: a purpose of this length is reviewed anyway. */
    private static final int TEXT_MAX = 5_000;

    private Elements() {}

    static Document document(byte[] file) throws UnreadableStatement {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute(DEPTH, DEPTH_MAX);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(file));
        } catch (SAXException | IOException unreadable) {
            throw new UnreadableStatement(Reason.NO_XML, "");
        } catch (ParserConfigurationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Returns the children with the last name, of the elements reached by the preceding names. */
    static List<Element> all(Element parent, String... names) {
        var found = List.of(parent);
        for (var name : names) {
            found = found.stream().flatMap(each -> children(each, name)).toList();
        }
        return found;
    }

    private static Stream<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found.stream();
    }

    /** Returns the first text at the end of this path of names; empty if there is none. */
    static String text(Element parent, String... names) {
        return texts(parent, names).stream().findFirst().orElse("");
    }

    /** Returns all non-empty texts at the end of this path of names. */
    static List<String> texts(Element parent, String... names) {
        return all(parent, names).stream()
                .map(each -> InputText.cut(each.getTextContent().strip(), TEXT_MAX))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    static boolean has(Element parent, String... names) {
        return !all(parent, names).isEmpty();
    }

    /** Returns all text within an element, for display. */
    static String raw(Element element) {
        var texts = new ArrayList<String>();
        collect(element, texts);
        return BankTransaction.clean(texts.stream().collect(Collectors.joining(" ")), 500);
    }

    /** Returns all texts within an element, excluding elements with the given names. */
    static List<String> allTexts(Element element, Set<String> without) {
        var texts = new ArrayList<String>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner && !without.contains(inner.getLocalName())) {
                texts.addAll(allTexts(inner, without));
            } else if (child.getNodeType() == Node.TEXT_NODE
                    && !child.getTextContent().isBlank()) {
                texts.add(BankTransaction.clean(InputText.cut(child.getTextContent(), TEXT_MAX), TEXT_MAX));
            }
        }
        return texts;
    }

    /** Returns all texts within the elements of this name, at any depth. */
    static List<String> allTextsOf(Element parent, String name) {
        var found = parent.getElementsByTagNameNS("*", name);
        var texts = new ArrayList<String>();
        for (var at = 0; at < found.getLength(); at++) {
            texts.addAll(allTexts((Element) found.item(at), Set.of()));
        }
        return texts;
    }

    private static void collect(Node node, List<String> texts) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.TEXT_NODE && !child.getTextContent().isBlank()) {
                texts.add(child.getTextContent().strip());
            }
            collect(child, texts);
        }
    }
}
