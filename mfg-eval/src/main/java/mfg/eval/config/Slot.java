package mfg.eval.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A place for a value in a configuration, or in a game, mechanism or method: a component of a record, or a field.
 *
 * @param name as Java and files write it, such as {@code innerSteps}
 * @param type the type of the value
 * @param parameter how it is described; null for a nested record
 */
public record Slot(String name, Type type, @Nullable Parameter parameter) {

    private static final Pattern UPPER = Pattern.compile("[A-Z]");
    private static final Pattern DASH = Pattern.compile("-(.)");

    /** The slots of a class, in the order of its source, those of what it extends first. */
    public static List<Slot> of(Class<?> owner) {
        if (owner.isRecord()) {
            return Arrays.stream(owner.getRecordComponents())
                    .map(component -> new Slot(
                            component.getName(), component.getGenericType(), component.getAnnotation(Parameter.class)))
                    .toList();
        }
        return fields(owner).stream().map(Slot::of).toList();
    }

    private static Slot of(Field field) {
        return new Slot(field.getName(), field.getGenericType(), field.getAnnotation(Parameter.class));
    }

    private static List<Field> fields(Class<?> owner) {
        List<Field> fields = new ArrayList<>();
        if (owner.getSuperclass() != null) {
            fields.addAll(fields(owner.getSuperclass()));
        }
        for (Field field : owner.getDeclaredFields()) {
            if (field.isAnnotationPresent(Parameter.class)) {
                fields.add(field);
            }
        }
        return fields;
    }

    /** What the command line calls a name: {@code innerSteps} is {@code inner-steps}. */
    public static String option(String name) {
        return UPPER.matcher(name).replaceAll(upper -> "-" + upper.group().toLowerCase(Locale.ROOT));
    }

    /** The name behind what the command line calls it. */
    public static String name(String option) {
        return DASH.matcher(option).replaceAll(dash -> dash.group(1).toUpperCase(Locale.ROOT));
    }

    /** What the command line calls this, less the dashes. */
    public String option() {
        return option(name);
    }

    /** Whether its value is a record with slots of its own. */
    public boolean isNested() {
        return type instanceof Class<?> raw && raw.isRecord() && parameter == null;
    }

    /** Whether a parameter of the game that has the same name says it. */
    public boolean isShared() {
        return parameter != null && parameter.shared();
    }

    /** Whether its value is chosen by name among things with slots of their own. */
    public boolean isChoice() {
        return raw().isInterface() && raw() != List.class;
    }

    /** Whether its value is a list of numbers. */
    public boolean isList() {
        return raw() == List.class;
    }

    /** Its class, less what it is generic in. */
    public Class<?> raw() {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    /** How it is described. */
    Parameter described() {
        if (parameter == null) {
            throw new IllegalStateException("%s is no @Parameter".formatted(name));
        }
        return parameter;
    }

    /**
     * Makes an object.
     *
     * @param values the value of each slot
     * @throws InvalidInputException if the object refuses them
     */
    static <T> T make(Class<T> owner, Function<Slot, Object> values) {
        try {
            if (!owner.isRecord()) {
                T made = blank(owner);
                for (Field field : fields(owner)) {
                    field.setAccessible(true);
                    field.set(made, values.apply(of(field)));
                }
                return made;
            }
            List<Object> arguments = new ArrayList<>();
            for (Slot slot : of(owner)) {
                arguments.add(values.apply(slot));
            }
            Class<?>[] types = Arrays.stream(owner.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<T> canonical = owner.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            throw thrown(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(owner.getName(), e);
        }
    }

    /** An object with the initial values of its fields. */
    static <T> T blank(Class<T> owner) {
        try {
            Constructor<T> constructor = owner.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw thrown(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new InvalidInputException("%s has no constructor without arguments".formatted(owner.getName()), e);
        }
    }

    /**
     * The value that the field has at first.
     *
     * @throws InvalidInputException if it has none
     */
    Object initial(Class<?> owner) {
        Object value = in(blank(owner));
        if (value == null) {
            throw new InvalidInputException(
                    "the parameter %s of %s has no initial value".formatted(option(), Game.nameOf(owner)));
        }
        return value;
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    /** Its value in an object. */
    @Nullable
    Object in(Object owner) {
        try {
            if (owner.getClass().isRecord()) {
                Method accessor = owner.getClass().getDeclaredMethod(name);
                accessor.setAccessible(true);
                return accessor.invoke(owner);
            }
            for (Field field : fields(owner.getClass())) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(owner);
                }
            }
            throw new IllegalStateException("%s has no %s".formatted(owner.getClass(), name));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
