"""Data classes as the standard library has them, made without writing and compiling code.

`dataclasses` compiles six methods for each class as it is defined, about a millisecond: a third of what our modules
took to load. Here the methods are closures over the fields and behave the same. Type checkers see the library's own,
and its `replace`, `fields` and `asdict` take these classes too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter, ge, gt, le, lt
from operator import eq as equal
from types import FunctionType, MemberDescriptorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import replace as replace
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True, order=False):
        """Make data of a class, with the library's options of the same names."""

        def made(cls):
            return _make_class(cls, frozen=frozen, slots=slots, eq=eq, order=order)

        return made if cls is None else made(cls)

    def field(**said):
        """A field of which there is more to say than its type and its default."""
        return DataField(**said)

    def fields(data):
        """The fields of such a class, or of an object of one, in their order."""
        return tuple(getattr(data, _FIELDS).values())

    def replace(data, /, **changes):
        """The same with other values for some fields."""
        for name, one in getattr(data, _FIELDS).items():
            if one.init and name not in changes:
                changes[name] = getattr(data, name)
        return data.__class__(**changes)


Put = Callable[[Any, Any], None]
_FIELDS, _LIBRARY_FIELDS = "_data_fields", "__dataclass_fields__"
_NONE = object()
"""Stands in for a default where there is none."""


class DataField:
    """A field's name and options; the options are named as in the library's `field`."""

    __slots__ = ("compare", "default", "default_factory", "init", "name", "repr")

    def __init__(
        self, *, default: Any = _NONE, default_factory: Any = _NONE, init: bool = True, compare: bool = True,
        **shown: bool,
    ) -> None:
        self.name, self.default, self.default_factory = "", default, default_factory
        self.init, self.compare, self.repr = init, compare, shown.get("repr", True)

    @property
    def has_default(self) -> bool:
        return self.default is not _NONE or self.default_factory is not _NONE

    def first_value(self) -> Any:
        """The default, or a new value from the default factory. Only for a field that has one of them."""
        return self.default if self.default_factory is _NONE else self.default_factory()


class _LibraryFields:
    """The fields in the form that the library's functions look for; made when one of them does."""

    def __get__(self, _data: object, kind: type) -> Any:
        import dataclasses

        made = []
        for own in fields_of(kind).values():
            said = {"default": own.default, "default_factory": own.default_factory}
            defaults = {word: value for word, value in said.items() if value is not _NONE}
            made.append((own.name, Any, dataclasses.field(
                **defaults, init=own.init, repr=own.repr, compare=own.compare, kw_only=True)))
        found = getattr(dataclasses.make_dataclass(kind.__name__, made), _LIBRARY_FIELDS)
        setattr(kind, _LIBRARY_FIELDS, found)
        return found


def fields_of(kind: type) -> Mapping[str, DataField]:
    """The fields of a data class made by this module, by their names."""
    found: Mapping[str, DataField] = getattr(kind, _FIELDS)
    return found


def is_data_class(kind: object) -> bool:
    """Is this a data class made by this module?"""
    return isinstance(kind, type) and _FIELDS in kind.__dict__


def _make_class(cls: type, *, frozen: bool, slots: bool, eq: bool, order: bool) -> type:
    has, every = cls.__dict__, _collect_fields(cls)
    key = _key([name for name, one in every.items() if one.compare])
    body: dict[str, Any] = {
        _FIELDS: every, _LIBRARY_FIELDS: _LibraryFields(), "__repr__": _repr,
        "__match_args__": tuple(name for name, one in every.items() if one.init)}
    if eq:
        body["__eq__"] = _compared(equal, key)
    if order:
        body |= {f"__{sign.__name__}__": _compared(sign, key) for sign in (lt, le, gt, ge)}
    if frozen and slots:
        body |= {"__getstate__": _state, "__setstate__": _restore}
    body = {name: value for name, value in body.items() if name not in has}
    if eq and has.get("__hash__") is None and ("__hash__" not in has or "__eq__" in has):
        body["__hash__"] = (lambda self: hash(key(self))) if frozen else None
    if frozen:
        body |= {"__setattr__": _refuse_change, "__delattr__": _refuse_removal}
    made = _with_slots(cls, body) if slots else _in_place(cls, body)
    return made if "__init__" in has else _in_place(made, {"__init__": _filling(made)})


def _collect_fields(cls: type) -> dict[str, DataField]:
    """The fields of a class: those of its bases, then its own."""
    found: dict[str, DataField] = {}
    for base in reversed(cls.__mro__[1:]):
        found |= base.__dict__.get(_FIELDS, {})
    for name, kind in cls.__annotations__.items():
        if not str(kind).startswith(("ClassVar", "typing.ClassVar")):
            said = cls.__dict__.get(name, _NONE)
            found[name] = one = said if isinstance(said, DataField) else DataField(default=said)
            one.name = name
    return found


def _in_place(cls: type, body: dict[str, Any]) -> type:
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, DataField) and value.default is _NONE:
            delattr(cls, name)
        elif isinstance(value, DataField):
            setattr(cls, name, value.default)
    for name, value in body.items():
        setattr(cls, name, value)
    return cls


def _with_slots(cls: type, body: dict[str, Any]) -> type:
    """The class made again with slots, since a class that exists cannot be given any."""
    taken = {name for base in cls.__mro__[1:-1] for name in base.__dict__.get("__slots__", ())}
    slots = tuple(name for name in body[_FIELDS] if name not in taken)
    left_out = {*body[_FIELDS], "__dict__", "__weakref__"}
    kept = {name: value for name, value in cls.__dict__.items() if name not in left_out}
    made: type = type(cls)(cls.__name__, cls.__bases__, {**kept, **body, "__slots__": slots})
    made.__qualname__ = cls.__qualname__
    return made


def _filling(cls: type) -> Callable[..., None]:
    """The ``__init__`` of the class: it gives each field its value, in the order of the fields."""
    every = fields_of(cls).values()
    asked = tuple(one for one in every if one.init)
    rest = tuple(one for one in every if not one.init and one.has_default)
    puts = tuple(_put(cls, one.name) for one in (*asked, *rest))
    plain = -1 if rest else len(asked)
    by_name = tuple((one.name, one.default, one.default_factory) for one in asked)
    goes_on = hasattr(cls, "__post_init__")

    def fill(self: Any, *values: Any, **named: Any) -> None:
        if named or len(values) != plain:
            values = (*_take_values(cls, by_name, values, named), *(one.first_value() for one in rest))
        for put, value in zip(puts, values, strict=True):
            put(self, value)
        if goes_on:
            self.__post_init__()

    quick = None if goes_on or rest else _QUICK.get(len(puts))
    makes = any(one.default_factory is not _NONE for one in asked)
    return fill if quick is None or makes else _named_alike(quick(*puts), asked)


def _named_alike(fill: Callable[..., None], asked: Sequence[DataField]) -> Callable[..., None]:
    """The same function with the fields for its parameters: their names, and their defaults."""
    names = ("self", *(one.name for one in asked))
    defaults = tuple(one.default for one in asked if one.default is not _NONE)
    code = fill.__code__.replace(co_varnames=names, co_name="__init__")
    return FunctionType(code, fill.__globals__, "__init__", defaults, fill.__closure__)


def _fill_one(put: Put) -> Callable[..., None]:
    def fill(self: Any, value: Any) -> None:
        put(self, value)

    return fill


def _fill_two(put_one: Put, put_two: Put) -> Callable[..., None]:
    def fill(self: Any, one: Any, two: Any) -> None:
        put_one(self, one)
        put_two(self, two)

    return fill


def _fill_three(put_one: Put, put_two: Put, put_three: Put) -> Callable[..., None]:
    def fill(self: Any, one: Any, two: Any, three: Any) -> None:
        put_one(self, one)
        put_two(self, two)
        put_three(self, three)

    return fill


def _fill_four(put_one: Put, put_two: Put, put_three: Put, put_four: Put) -> Callable[..., None]:
    def fill(self: Any, one: Any, two: Any, three: Any, four: Any) -> None:
        put_one(self, one)
        put_two(self, two)
        put_three(self, three)
        put_four(self, four)

    return fill


def _fill_five(put_one: Put, put_two: Put, put_three: Put, put_four: Put, put_five: Put) -> Callable[..., None]:
    def fill(self: Any, one: Any, two: Any, three: Any, four: Any, five: Any) -> None:
        put_one(self, one)
        put_two(self, two)
        put_three(self, three)
        put_four(self, four)
        put_five(self, five)

    return fill


def _fill_six(
    put_one: Put, put_two: Put, put_three: Put, put_four: Put, put_five: Put, put_six: Put,
) -> Callable[..., None]:
    def fill(self: Any, one: Any, two: Any, three: Any, four: Any, five: Any, six: Any) -> None:
        put_one(self, one)
        put_two(self, two)
        put_three(self, three)
        put_four(self, four)
        put_five(self, five)
        put_six(self, six)

    return fill


_QUICK: Mapping[int, Callable[..., Callable[..., None]]] = {
    1: _fill_one, 2: _fill_two, 3: _fill_three, 4: _fill_four, 5: _fill_five, 6: _fill_six}
"""Makers of ``__init__`` by the number of fields. Nodes of expressions and layouts have one to five, a slip six, and
there are thousands."""


def _put(cls: type, name: str) -> Put:
    """A function that sets a field, whether or not the object is frozen."""
    slot = cls.__dict__.get(name) or getattr(cls, name, None)
    if isinstance(slot, MemberDescriptorType):
        return slot.__set__
    return lambda data, value: object.__setattr__(data, name, value)


def _take_values(
    cls: type, asked: Sequence[tuple[str, Any, Any]], values: tuple[Any, ...], named: dict[str, Any],
) -> tuple[Any, ...]:
    """A value for each field: as given by place or by name, else its default.

    ``asked`` holds each field's name, default and default factory. Raises TypeError as Python does for a wrong call.
    """
    if len(values) > len(asked):
        raise TypeError(f"{cls.__qualname__} takes {len(asked)} values at most, not {len(values)}")
    found = list(values)
    for name, default, make in asked[len(values):]:
        value = named.pop(name, default)
        if value is _NONE:
            if make is _NONE:
                raise TypeError(f"{cls.__qualname__} lacks a value for {name!r}")
            value = make()
        found.append(value)
    for name in named:
        raise TypeError(f"{cls.__qualname__} has no field {name!r} to fill, or it is filled twice")
    return tuple(found)


def _key(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """A function that gives the values by which objects are compared."""
    match names:
        case []:
            return lambda _data: ()
        case [name]:
            return lambda data: (getattr(data, name),)
        case _:
            return attrgetter(*names)


def _compared(sign: Callable[[Any, Any], bool], key: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    def compare(self: Any, other: Any) -> Any:
        return sign(key(self), key(other)) if other.__class__ is self.__class__ else NotImplemented

    return compare


def _repr(self: object) -> str:
    values = ", ".join(
        f"{name}={getattr(self, name)!r}" for name, one in fields_of(type(self)).items() if one.repr)
    return f"{type(self).__qualname__}({values})"


def _refuse_change(_self: object, name: str, _value: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_removal(_self: object, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: object) -> list[Any]:
    return [getattr(self, name) for name in fields_of(type(self))]


def _restore(self: object, state: list[Any]) -> None:
    for name, value in zip(fields_of(type(self)), state, strict=True):
        object.__setattr__(self, name, value)
