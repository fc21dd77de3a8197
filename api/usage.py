"""What is wrong with a command as it was typed, said in the reader's language."""

import click

from api.language import Language, say


def explain(error: click.UsageError, language: Language) -> str:
    """One sentence on what was typed wrong, and the command that shows how it is typed."""
    command = error.ctx.command_path if error.ctx is not None else "kb"
    return f"{_what(error, language)}; {say(language, 'usage_help', command=command)}"


def _what(error: click.UsageError, language: Language) -> str:
    match error:
        case click.MissingParameter(param=click.Parameter() as param):
            return say(language, "usage_missing", name=_name(param, error))
        case click.exceptions.NoSuchCommand(command_name=name):
            return say(language, "usage_no_command", name=name)
        case click.NoSuchOption(option_name=name):
            return say(language, "usage_no_option", name=name)
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices)) as param):
            return say(language, "usage_choice", name=_name(param, error), choices=", ".join(map(str, choices)))
        case click.BadParameter(param=click.Parameter(type=click.IntRange() as span) as param):
            low, high = ("…" if end is None else end for end in (span.min, span.max))
            return say(language, "usage_range", name=_name(param, error), low=low, high=high)
        case click.BadParameter(param=click.Parameter(type=click.types.IntParamType()) as param):
            return say(language, "usage_number", name=_name(param, error))
    return error.message.rstrip(".")


def _name(param: click.Parameter, error: click.UsageError) -> str:
    return param.get_error_hint(error.ctx).strip("'") if error.ctx is not None else str(param.name)
