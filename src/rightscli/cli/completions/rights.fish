# Completion of rights in fish: rights --completion fish > ~/.config/fish/completions/rights.fish
function __rights_complete
    set -l words (commandline -opc)
    set -lx _RIGHTS_COMPLETE fish
    for line in ($words (commandline -ct) 2> /dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c rights -f -a '(__rights_complete)'
complete -c rightscli -f -a '(__rights_complete)'
